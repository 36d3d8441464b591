import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../kill-server.mjs";

/** The stub of an API in a process of its own; `url` ends in /v1/embeddings. */
export async function startStub(options) {
  const program = join(ROOT, "checks/encoders/api-stub.mjs");
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await once(createInterface({ input: child.stdout }), "line");
  const faults = `http://127.0.0.1:${port}/faults`;
  return {
    url: `http://127.0.0.1:${port}/v1/embeddings`,
    misbehave: async (how) => void (await fetch(faults, { method: "POST", body: JSON.stringify(how) })),
    told: async () => (await fetch(faults)).json(),
    stop: () => child.kill(),
  };
}
