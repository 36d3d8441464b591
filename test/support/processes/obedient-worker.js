/** A child that does what each request says: the crash-test dummy of the process tests. */
const { AppError } = require("../../../dist/errors");
const { serveRequests } = require("../../../dist/processes/serve-requests");
const { watchMemory } = require("../../../dist/processes/watch-memory");

const obey = {
  echo: async ({ value }) => value,
  fail: async ({ code, message }) => {
    throw new AppError(code, message);
  },
  throw: async ({ message }) => {
    throw new TypeError(message);
  },
  sleep: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve("slept"), ms)),
  spin: async () => {
    for (;;);
  },
  die: async () => process.kill(process.pid, "SIGKILL"),
  hoard: async ({ bytes }) => {
    const hoard = Buffer.alloc(bytes, 1);
    for (let until = Date.now() + 2_000; Date.now() < until;);
    return hoard.length;
  },
  environment: async () => process.env,
  bytes: async ({ length }) => new Uint8Array(1_000_000).subarray(10, 10 + length).fill(7),
  floats: async () => ({ vectors: [Float32Array.of(1, 2.5, -3)] }),
};

serveRequests(async ({ refuse, dieAtStart, ready, maxMemoryBytes }) => {
  if (maxMemoryBytes) await watchMemory(maxMemoryBytes);
  if (dieAtStart) {
    console.error("no model here");
    process.exit(3);
  }
  if (refuse) throw new AppError("INVALID_MODEL", refuse);
  return { ready: { ready, pid: process.pid }, handle: (request) => obey[request.do](request) };
});
