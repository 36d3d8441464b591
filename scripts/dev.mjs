/** Compiles on every change and restarts the server with it: `npm run dev`. Ends with Ctrl-C, and when either ends. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "./setup/folders.mjs";

// From here on the compiler writes to dist by itself, so what set-up noted of it no longer holds.
rmSync(join(rootFolder, "dist", ".stamp"), { force: true });

const commands = [
  [
    join(rootFolder, "node_modules", "typescript", "bin", "tsc"),
    "-p",
    "tsconfig.json",
    "--watch",
    "--preserveWatchOutput",
  ],
  ["--watch", "--watch-preserve-output", join(rootFolder, "dist", "main.js"), ...process.argv.slice(2)],
];
const children = commands.map((args) => spawn(process.execPath, args, { cwd: rootFolder, stdio: "inherit" }));

function stop() {
  for (const child of children) child.kill("SIGTERM");
}

for (const child of children) child.once("exit", stop);
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
