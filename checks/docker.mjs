/**
 * Carries out the steps of the Dockerfile without a container engine: on a Debian that debootstrap makes, in mount and process
 * namespaces. Then runs both images as docs/docker.md says: read-only, as `node`, without capabilities. Wants root and debootstrap.
 * Nothing of an engine itself is tried: layers, networks, published ports, restarts.
 *
 *   node checks/docker.mjs [--keep]
 *
 * --keep leaves the images' folders in .cache/check-docker. Figures come last.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, rootFolder } from "../scripts/setup/folders.mjs";
import { buildImages } from "./docker/build.mjs";
import { containerOf } from "./docker/container.mjs";
import { readDockerfile } from "./docker/dockerfile.mjs";
import { freePort } from "./kill-server.mjs";
import { findsBoth, holdsWhatWasStored, storesBoth } from "./docker/trials.mjs";

const work = join(cacheFolder, "check-docker");
const BASE = "node-24-bookworm-slim";
const figures = [];

try {
  mkdirSync(work, { recursive: true });
  removeWork();
  const images = await buildImages(readDockerfile(readFileSync(join(rootFolder, "Dockerfile"), "utf8")), work);
  figures.push(`base: ${megabytesOf(join(work, BASE))} MB`);
  await tryWithLite(images.get("lite"));
  await tryBesideMilvus(images.get("server"));
} catch (error) {
  console.error(`check:docker: ${error.stack}`);
  process.exitCode = 1;
} finally {
  const left = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .filter((line) => line.includes(work));
  if (left.length > 0) {
    console.error(`check:docker: these are mounted still:\n${left.join("\n")}`);
    process.exitCode = 1;
  } else if (!process.argv.includes("--keep")) removeWork();
}
for (const line of figures) console.log(line);

async function tryWithLite(image) {
  const env = { MODEL: "mini-clip", HOST: "127.0.0.1", PORT: String(await freePort()) };
  const container = containerOf(image, join(work, "volumes-lite"));
  const seconds = await tryOut(container, env);
  const again = await container.start(env);
  await container.healthy(env);
  await holdsWhatWasStored(`http://127.0.0.1:${env.PORT}`);
  await endsInOrder(again);
  figures.push(`with Milvus Lite: ${sizeOf(image)}; ready after ${seconds} s, restarted on its volume`);
}

/** The clone's Milvus Lite serves as the server. */
async function tryBesideMilvus(image) {
  const milvusPort = await freePort();
  const port = String(milvusPort);
  const script = [
    join(rootFolder, "milvus-lite/milvus-lite.py"),
    "--data-dir",
    join(work, "milvus"),
    "--host",
    "127.0.0.1",
    "--port",
    port,
  ];
  const milvus = spawn(join(rootFolder, ".venv/bin/python"), script, { stdio: ["pipe", "ignore", "ignore"] });
  try {
    const env = {
      MODEL: "mini-clip",
      HOST: "127.0.0.1",
      PORT: String(await freePort(milvusPort + 1)),
      MILVUS_URI: `http://127.0.0.1:${port}`,
    };
    const seconds = await tryOut(containerOf(image, join(work, "volumes-server")), env);
    figures.push(`beside a Milvus: ${sizeOf(image)}; ready after ${seconds} s`);
  } finally {
    milvus.kill("SIGINT");
    await once(milvus, "close");
  }
}

/** Starts it, stores and searches, stops it; seconds until it was ready. */
async function tryOut(container, env) {
  const startedMs = performance.now();
  const running = await container.start(env);
  try {
    await Promise.race([
      container.healthy(env),
      running.ended.then((code) => Promise.reject(new Error(`it ended with ${code}`))),
    ]);
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    const status = readFileSync(`/proc/${running.pid()}/status`, "utf8");
    if (!/^Uid:\t1000\t1000/m.test(status) || !/^CapEff:\t0+$/m.test(status))
      throw new Error(`it may too much:\n${status}`);
    if ((await container.exec(["touch", "/written"], env)) === 0) throw new Error("its root can be written to");
    const url = `http://127.0.0.1:${env.PORT}`;
    await storesBoth(url);
    await findsBoth(url);
    await endsInOrder(running);
    return seconds;
  } catch (error) {
    await running.stop().catch(() => undefined);
    throw new Error(`${error.message}\n${running.said().slice(-4_000)}`, { cause: error });
  }
}

async function endsInOrder(running) {
  const code = await running.stop();
  if (code !== 0) throw new Error(`it stopped with ${code}`);
}

function megabytesOf(folder) {
  return Number(execFileSync("du", ["-sm", folder], { encoding: "utf8" }).split("\t")[0]);
}

function sizeOf({ root }) {
  return `${megabytesOf(root) - megabytesOf(join(work, BASE))} MB on top of its base`;
}

/** All but the base, which takes minutes to make. */
function removeWork() {
  for (const name of readdirSync(work)) if (name !== BASE) rmSync(join(work, name), { recursive: true, force: true });
}
