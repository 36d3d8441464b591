// The contract of remote encoders against a real Infinity server with two tiny models.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cacheFolder, rootFolder } from "../../scripts/setup/folders.mjs";
import { installVenv, isInstalledVenv, PYTHON_IN_VENV } from "../../scripts/setup/install-venv.mjs";
import { run } from "../../scripts/setup/run.mjs";
import { step } from "../../scripts/setup/step.mjs";
import { freePort } from "../kill-server.mjs";

const FOLDER = join(cacheFolder, "infinity");
const VENV = join(FOLDER, "venv");
const MODELS = join(FOLDER, "models");
const PACKAGES = ["infinity-emb[torch,server]==0.0.78", "torch==2.15.0", "transformers==4.57.6", "aiohttp==3.14.5"];
const START_TIMEOUT_MS = 180_000;
const ASK_AGAIN_MS = 500;
/** Nothing is fetched from a hub, and nobody is told. */
const ALONE = { HF_HUB_OFFLINE: "1", DO_NOT_TRACK: "1" };

/** Whether the contract holds; installs the server into `.cache` on first use (6 GB with its PyTorch). */
export async function holdsByInfinity() {
  const hash = PACKAGES.join(" ");
  await step(
    "installing Infinity and its PyTorch (6 GB)",
    () => isInstalledVenv(VENV, hash),
    () => installVenv(VENV, hash, PACKAGES),
  );
  await step("writing two tiny models for Infinity", () => existsSync(MODELS), writeModels);
  const port = await freePort();
  const server = start(port);
  try {
    await ready(server, port);
    return await contractHolds(`http://127.0.0.1:${port}/embeddings`);
  } finally {
    server.kill();
  }
}

async function writeModels() {
  const unfinished = `${MODELS}.part`;
  await rm(unfinished, { recursive: true, force: true });
  const script = join(rootFolder, "checks/encoders/infinity_models.py");
  const families = join(rootFolder, "test/fixtures/model-families");
  await run(join(VENV, PYTHON_IN_VENV), [script, families, unfinished]);
  await rename(unfinished, MODELS);
}

function start(port) {
  const models = ["texts", "clip"].flatMap((name) => ["--model-id", join(MODELS, name), "--served-model-name", name]);
  const how = `--host 127.0.0.1 --port ${port} --device cpu --engine torch --no-bettertransformer`.split(" ");
  const program = join(VENV, PYTHON_IN_VENV, "..", "infinity_emb");
  return spawn(program, ["v2", ...models, ...how], {
    env: { ...process.env, ...ALONE },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function ready(server, port) {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`Infinity ended with ${server.exitCode}: see above.`);
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(ASK_AGAIN_MS);
  }
  throw new Error(`Infinity did not answer within ${START_TIMEOUT_MS / 1_000} s.`);
}

async function contractHolds(url) {
  const jest = join(rootFolder, "node_modules/jest/bin/jest.js");
  const contract = ["--testMatch", "**/encoder-infinity.check.ts"];
  const child = spawn(process.execPath, [jest, "--runInBand", ...contract], {
    cwd: rootFolder,
    env: { ...process.env, INFINITY_URL: url },
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  return code === 0;
}
