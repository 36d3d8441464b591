import { existsSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "./folders.mjs";
import { run } from "./run.mjs";
import { hashOf, isStamped, writeStamp } from "./stamp.mjs";
import { step } from "./step.mjs";

// Inside node_modules, which `npm ci` deletes first: an interrupted installation leaves no stamp.
const STAMP_FILE = join(rootFolder, "node_modules", ".parallax-stamp");

/** Installs the npm packages that package-lock.json names, when they are not. */
export async function installPackages() {
  const hash = hashOf(["package-lock.json"]);
  await step(
    "installing the npm packages",
    () => isStamped(STAMP_FILE, hash),
    async () => {
      const [command, ...args] = npmCommand();
      await run(command, [...args, "ci", "--no-audit", "--no-fund"]);
      writeStamp(STAMP_FILE, hash);
    },
  );
}

/** npm itself where it started us: on Windows "npm" is a script that cannot be spawned. */
function npmCommand() {
  const running = process.env.npm_execpath;
  return running?.endsWith("npm-cli.js") && existsSync(running) ? [process.execPath, running] : ["npm"];
}
