// node --import loop-probe.mjs dist/main.js: tells the bench that started it, and asks on its channel, of the main process.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const RESOLUTION_MS = 5;

/** The children of the server inherit the flag, and have a channel that is not ours. */
if (isMainThread && process.argv[1]?.endsWith("main.js") && process.channel) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  // The timer's own interval is part of what the histogram holds.
  const beyond = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  let cpu = process.cpuUsage();
  process.on("message", (wanted) => {
    if (wanted === "reset") {
      delay.enable();
      delay.reset();
      cpu = process.cpuUsage();
      process.send({});
      return;
    }
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send({
      longestMs: beyond(delay.max),
      p99Ms: beyond(delay.percentile(99)),
      cpuMs: (user + system) / 1_000,
      rssMb: rss / 2 ** 20,
      heapMb: heapUsed / 2 ** 20,
      externalMb: external / 2 ** 20,
    });
  });
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
