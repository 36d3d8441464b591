// An image as `docker run --read-only --tmpfs /tmp --cap-drop ALL -v …:/data -v …:/cache` would run it.
import { once } from "node:events";
import { chownSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startInRoot } from "./in-root.mjs";

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 40_000;

/** `volumes`: the folder that holds those of the image. */
export const containerOf = (image, volumes) => ({
  /** Starts the image's program with its own command, or with `args`. */
  async start(env, args = image.cmd) {
    const child = run(image, volumes, [...image.entrypoint, ...args], env);
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => said.push(text));
    const ended = once(child, "close").then(([code, signal]) => code ?? signal);
    return { ended, said: () => said.join(""), pid: () => childOf(child.pid), stop: () => stop(child, ended) };
  },
  /** Runs a command beside it, with the same user and mounts; its exit code. */
  async exec(command, env) {
    const [code] = await once(run(image, volumes, command, env, "ignore"), "close");
    return code;
  },
  /** Waits until the image's health check is content. */
  async healthy(env) {
    for (const startedMs = Date.now(); Date.now() - startedMs < START_TIMEOUT_MS; await pause(500)) {
      if ((await this.exec(image.healthcheck, env)) === 0) return;
    }
    throw new Error("the health check was never content");
  },
});

function run(image, volumes, command, env, stdio = "pipe") {
  const mounts = ["mount -t tmpfs tmpfs $ROOT/tmp", ...image.volume.map((volume) => mountOf(volume, volumes))];
  mounts.push("mount -o remount,bind,ro $ROOT");
  return startInRoot(image.root, command, {
    env: { ...image.env, HOME: "/home/node", ...env },
    cwd: image.workdir,
    user: image.user,
    mounts,
    stdio,
  });
}

function mountOf(volume, volumes) {
  const folder = join(volumes, volume);
  mkdirSync(folder, { recursive: true });
  chownSync(folder, 1000, 1000);
  return `mount --bind ${folder} $ROOT${volume}`;
}

/** By SIGTERM to its first process, as `docker stop` does; its exit code, or "late". */
async function stop(child, ended) {
  process.kill(childOf(child.pid), "SIGTERM");
  const code = await Promise.race([ended, pause(STOP_TIMEOUT_MS, "late", { ref: false })]);
  if (code === "late") child.kill("SIGKILL");
  return code;
}

/** The process that `unshare` waits for. */
const childOf = (pid) => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8"));
