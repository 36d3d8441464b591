import type { SETTINGS } from "./settings";

/** What every setting says, read: frozen. */
export type Config = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]["parse"]> };
