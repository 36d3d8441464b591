import { join } from "node:path";
import type { Log } from "../../../src/log";
import { startWorker, type Worker, type WorkerOptions } from "../../../src/processes/supervised-worker";

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export type Order = { readonly do: string; readonly [key: string]: unknown };
export interface Announcement {
  readonly ready: string;
  readonly pid: number;
}

/** Starts the worker that does what each request says. */
export function startObedient(
  overrides: Partial<WorkerOptions<object>> = {},
): Promise<Worker<Announcement, Order, unknown>> {
  return startWorker<object, Announcement, Order, unknown>({
    name: "obedient worker",
    entry: join(__dirname, "obedient-worker.js"),
    init: { ready: "yes" },
    startTimeoutMs: 10_000,
    deadlineMs: 10_000,
    restartBudget: { restarts: 10, perMs: 60_000 },
    log: silent,
    ...overrides,
  });
}

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
