import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { rootFolder } from "./folders.mjs";

const SHOWN_LINES = 20;

/** Runs a command in the repository's root without input; throws with its output when it fails. */
export async function run(command, args, onLine = () => {}) {
  const child = spawn(command, args, { cwd: rootFolder, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  const [code, signal] = await once(child, "close").catch((error) => [error.message, null]);
  if (code === 0) return;
  throw new Error(`${[command, ...args].join(" ")} failed (${signal ?? code}):\n${headAndTail(lines).join("\n")}`);
}

// npm names the cause first and pip last.
function headAndTail(lines) {
  if (lines.length <= 2 * SHOWN_LINES) return lines;
  return [...lines.slice(0, SHOWN_LINES), "…", ...lines.slice(-SHOWN_LINES)];
}
