import { join } from "node:path";
import { pino } from "pino";
import { startApp } from "../app";
import { readConfig } from "../config/read-config";
import type { Config } from "../config/config";
import { AppError } from "../errors";
import { demoEnvironment } from "./demo-environment";
import { readDemoOptions, type DemoOptions } from "./demo-options";
import { folderTour } from "./folder-tour";
import { graphqlClient, type Ask } from "./graphql-client";
import { sampleTour } from "./sample-tour";
import { bold, say } from "./terminal";
import type { TourReport } from "./tour";

const INTERRUPTED = "interrupted";
/** What shells report of a program that Ctrl-C ended. */
const INTERRUPTED_CODE = 130;

/** Starts Parallax, stores pictures and texts, shows what searches find; the exit code. Ends early when interrupted. */
export async function runDemo(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  interrupted: AbortSignal,
): Promise<number> {
  const options = readDemoOptions(args);
  const config = readConfig(demoEnvironment(options, env));
  const stopping = new Promise<typeof INTERRUPTED>((resolve) => {
    interrupted.addEventListener("abort", () => resolve(INTERRUPTED), { once: true });
  });
  say(`Starting Parallax with Milvus and the model ${config.model} …`);
  const app = await startApp(config, pino({ level: config.logLevel })).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "MODEL_MISMATCH") {
      say(`The samples here are those of another model. Delete ${config.dataFolder}, and the demo stores them anew.`);
    }
    throw error;
  });
  try {
    const touring = tour(graphqlClient(app.url), options, config);
    // Interrupted, it fails with the server that goes; nobody waits for it then.
    touring.catch(() => undefined);
    const report = await Promise.race([touring, stopping]);
    if (report === INTERRUPTED) return INTERRUPTED_CODE;
    for (const complaint of report.complaints) say(`The demo fell short: ${complaint}.`);
    if (options.once) return report.complaints.length === 0 ? 0 : 1;
    sayWhereToGo(app.url, report);
    await stopping;
    return 0;
  } finally {
    say("Stopping …");
    await app.stop();
  }
}

const tour = (ask: Ask, { imagesFolder }: DemoOptions, config: Config): Promise<TourReport> =>
  imagesFolder === null
    ? sampleTour(ask, join(config.dataFolder, "samples"))
    : folderTour(ask, imagesFolder, config.maxImageBytes);

function sayWhereToGo(url: string, { pictureUrl }: TourReport): void {
  say(`Parallax is running. Open in a browser:`);
  say(`  ${bold(`${url}/`)}           the search page`);
  say(`  ${bold(`${url}/graphiql`)}   queries to try, no internet needed`);
  say(`  ${bold(`${url}/graphql`)}    Apollo Sandbox`);
  if (pictureUrl !== null) say(`  ${bold(pictureUrl)}   a picture`);
  say(`Stop it with Ctrl-C.`);
}
