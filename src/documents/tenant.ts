/** There is one tenant until there are more; every call of a store carries it already. */
export const TENANT = "default";
