// Loaded into the server (node --import): tells how long its event loop was held at most, at http://127.0.0.1:PROBE_PORT.
import { createServer } from "node:http";

const isServer = process.argv[1]?.endsWith("main.js");

/** The longest time between two ticks in which this process worked; what the machine gave to others does not count. */
function watchLoop() {
  let [at, cpu, longestMs] = [performance.now(), process.cpuUsage(), 0];
  setInterval(() => {
    const now = performance.now();
    const used = process.cpuUsage(cpu);
    longestMs = Math.max(longestMs, Math.min(now - at - 1, (used.user + used.system) / 1_000));
    [at, cpu] = [now, process.cpuUsage()];
  }, 1).unref();
  return () => {
    const found = longestMs;
    longestMs = 0;
    return found;
  };
}

if (isServer) {
  const longest = watchLoop();
  createServer((_, response) => response.end(String(longest())))
    .listen(Number(process.env.PROBE_PORT), "127.0.0.1")
    .unref();
}
