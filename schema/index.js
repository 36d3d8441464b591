export * from "./graphcache-keys.js";
export * from "./operations.js";
export * from "./possible-types.js";
