// Compiles src/search/ranking/dots/dots.wat; prints the TypeScript file that carries it, or writes it with --write.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import loadWabt from "wabt";

const folder = fileURLToPath(new URL("../src/search/ranking/dots/", import.meta.url));
const wabt = await loadWabt();
const module = wabt.parseWat("dots.wat", readFileSync(join(folder, "dots.wat"), "utf8"), { simd: true });
const base64 = Buffer.from(module.toBinary({}).buffer).toString("base64");
const lines = base64.match(/.{1,100}/g).map((line) => `  "${line}",`);
const source = `// Generated from dots.wat by \`npm run generate\`; change that file, not this one.

/** The compiled module, base64. */
export const DOTS_MODULE = [
${lines.join("\n")}
].join("");
`;
if (process.argv.includes("--write")) writeFileSync(join(folder, "dots-module.ts"), source);
else process.stdout.write(source);
