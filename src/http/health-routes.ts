import type { RequestHandler } from "express";

const PING_TIMEOUT_MS = 5_000;

/** `/live`: the process runs. `/ready`: model and store answer, and the server is not stopping. */
export function healthRoutes(ping: () => Promise<void>) {
  let stopping = false;
  const live: RequestHandler = (_, response) => void response.json({ status: "live" });
  const ready: RequestHandler = async (_, response) => {
    const problem = stopping ? "stopping" : await problemOf(ping);
    response.status(problem === null ? 200 : 503).json({ status: problem ?? "ready" });
  };
  return { live, ready, stopping: () => void (stopping = true) };
}

async function problemOf(ping: () => Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => (timer = setTimeout(resolve, PING_TIMEOUT_MS, "no answer in time")));
  const answer = ping().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : "unavailable"),
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
