import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { OVER_MEMORY_SIGNAL } from "./child-died";

const INTERVAL_MS = 10;

/** Runs beside the code that it watches: a timer of the main thread would wait for what that computes. */
const WATCH = `
  const { parentPort, workerData: { maxBytes, intervalMs, signal } } = require("node:worker_threads");
  setInterval(() => {
    if (process.memoryUsage.rss() > maxBytes) process.kill(process.pid, signal);
  }, intervalMs);
  parentPort.postMessage("watching");
`;

/**
 * Ends this process as soon as it holds more than `maxBytes` of memory, whatever allocated them; its parent's call then
 * throws ChildDied with the reason "memory". Resolves once the watch is on.
 */
export async function watchMemory(maxBytes: number): Promise<void> {
  const workerData = { maxBytes, intervalMs: INTERVAL_MS, signal: OVER_MEMORY_SIGNAL };
  const watch = new Worker(WATCH, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 8 } });
  watch.unref();
  await once(watch, "message");
}
