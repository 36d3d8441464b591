import { join } from "node:path";

/**
 * Absolute path of the compiled module that a child runs, named from the source root: "images/decode/decoder-process".
 * Children run from `dist` also where the parent runs from the TypeScript sources.
 */
export const childEntry = (module: string): string => join(__dirname, "..", "..", "dist", `${module}.js`);
