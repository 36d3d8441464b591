import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ENTRY = join(__dirname, "../../dist/cli/parallax.js");

export interface CliRun {
  readonly pid: number;
  /** How it ended: exit code (null: killed) and all that it printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** The environment of a Parallax with its data in a folder. */
export const dataIn = (folder: string, port = 0): Record<string, string> => ({
  MODEL: "mini-clip",
  PORT: String(port),
  DATA_FOLDER: folder,
  MILVUS_URI: join(folder, "milvus"),
  CACHE_FOLDER: join(folder, "cache"),
});

/** Starts the real command line, as `npx parallax-search` does once all is built. */
export function startCli(args: readonly string[], env: Record<string, string>): CliRun {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { pid: child.pid!, ended: ended.then(([exit, out, err]) => ({ code: exit, out, err })) };
}

export const runCli = (args: readonly string[], env: Record<string, string>) => startCli(args, env).ended;
