import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cacheFolder, rootFolder } from "../../scripts/setup/folders.mjs";
import { installVenv, isInstalledVenv, PYTHON_IN_VENV } from "../../scripts/setup/install-venv.mjs";
import { hashOf } from "../../scripts/setup/stamp.mjs";
import { step } from "../../scripts/setup/step.mjs";

const VENV = join(cacheFolder, "bench-venv");
const REQUIREMENTS = "bench/peers/requirements.txt";

async function install() {
  const hash = hashOf([REQUIREMENTS]);
  await step(
    "installing what Parallax is compared with (Python, about 900 MB)",
    () => isInstalledVenv(VENV, hash),
    () => installVenv(VENV, hash, ["-r", REQUIREMENTS]),
  );
}

/**
 * The script that people would write instead, over a store: "milvus" (Lite) or "chroma"; a process of its own that keeps
 * its data in a folder. `ask` gives the answer to a command of peer.py.
 */
export async function startPeer(store, model, folder) {
  await install();
  await mkdir(folder, { recursive: true });
  const args = [join(rootFolder, "bench/peers/peer.py"), store, model, folder];
  const child = spawn(join(VENV, PYTHON_IN_VENV), args, { stdio: ["pipe", "pipe", "pipe"] });
  const said = [];
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line) > 20 && said.shift());
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = once(child, "exit");
  child.stdin.on("error", () => undefined);
  const next = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`the ${store} peer ended:\n${said.join("\n")}`);
    return JSON.parse(value);
  };
  const ask = (command) => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return next();
  };
  const stop = async () => {
    child.stdin.end();
    await gone;
  };
  await next();
  return { ask, stop, pid: child.pid };
}
