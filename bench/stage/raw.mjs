import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { rootFolder } from "../../scripts/setup/folders.mjs";
import { end } from "./server.mjs";

/**
 * The bare model in a process of its own, so that its memory can be told. `run({ texts, pictures, perRun })` gives what
 * raw-model.mjs measured: { ms, stages }.
 */
export async function startRawModel(model) {
  const began = performance.now();
  const child = fork(join(rootFolder, "bench/stage/raw-model.mjs"), [model], { serialization: "advanced" });
  await once(child, "message");
  const run = async (request) => {
    const answer = once(child, "message");
    child.send(request);
    return (await answer)[0];
  };
  return { pid: child.pid, run, startMs: performance.now() - began, stop: () => end(child) };
}
