import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ENTRY = join(__dirname, "../../dist/main.js");

/** Runs the real server until it ends by itself, as it does when it cannot start: exit code and what it printed. */
export async function runServer(
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [ENTRY], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [exit, out, err] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { code: exit, out, err };
}
