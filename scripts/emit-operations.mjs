// Compiles the typed documents that codegen wrote to what the schema package ships, JavaScript and declarations: part of
// `npm run generate`. With a folder as argument they go there instead.
import { join } from "node:path";
import { rootFolder } from "./setup/folders.mjs";
import { run } from "./setup/run.mjs";

const [outDir = join(rootFolder, "schema")] = process.argv.slice(2);
const tsc = join(rootFolder, "node_modules/typescript/bin/tsc");
const source = join(rootFolder, "test/generated/operations.ts");
const options =
  "--ignoreConfig --declaration --target es2022 --module esnext --moduleResolution bundler --skipLibCheck";
await run(process.execPath, [tsc, ...options.split(" "), "--types", "", "--outDir", outDir, source]);
