// The Nodes that Parallax is tried on, and the npm that comes with each: both are npm packages.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../scripts/setup/folders.mjs";
import { run } from "../scripts/setup/run.mjs";
import { step } from "../scripts/setup/step.mjs";

const PACKAGE = `node-${process.platform}-${process.arch}`;

/** The oldest that package.json allows, and the newest of each line that is used. */
export const NODES = [
  { version: "20.18.1", npm: "10.8.2" },
  { version: "20", npm: "10" },
  { version: "22", npm: "10" },
  { version: "24", npm: "11" },
];

/** Installs one under .cache; what to begin a PATH with, so that `node` and `npm` are these. */
export async function installNode({ version, npm }) {
  const folder = join(cacheFolder, "nodes", version);
  const [node, tools] = [join(folder, "node_modules", PACKAGE, "bin"), join(folder, "node_modules/.bin")];
  await mkdir(folder, { recursive: true });
  await step(
    `installing Node ${version}`,
    () => existsSync(join(node, "node")) && existsSync(join(tools, "npm")),
    () => run("npm", ["install", "--no-save", "--prefix", folder, `${PACKAGE}@${version}`, `npm@${npm}`]),
  );
  return `${node}:${tools}`;
}
