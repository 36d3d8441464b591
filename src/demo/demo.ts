import { join } from "node:path";
import { pino } from "pino";
import { startApp } from "../app";
import { processEnvironment, readConfig } from "../config";
import { AppError } from "../errors";
import { readDemoOptions, type DemoOptions } from "./demo-options";
import { folderTour } from "./folder-tour";
import { graphqlClient } from "./graphql-client";
import { sampleTour } from "./sample-tour";
import { bold, say } from "./terminal";

/** Embedded defaults, in a data folder of the demo's own; the environment may say otherwise. */
function demoEnvironment({ imagesFolder }: DemoOptions): Record<string, string | undefined> {
  const data = imagesFolder === null ? "./data/demo" : "./data/demo-images";
  const defaults = { MODEL: "mini-clip", DATA_FOLDER: data, MILVUS_URI: `${data}/milvus`, LOG_LEVEL: "warn" };
  return { ...defaults, ...processEnvironment() };
}

/** Starts Parallax, stores pictures and texts, shows what searches find; the exit code. */
async function demo(): Promise<number> {
  const options = readDemoOptions(process.argv.slice(2));
  const config = readConfig(demoEnvironment(options));
  const stopping = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  say(`Starting Parallax with Milvus Lite and the model ${config.model} …`);
  const app = await startApp(config, pino({ level: config.logLevel }));
  try {
    const ask = graphqlClient(app.url);
    const complaints = await tour(ask, options, config.dataFolder);
    for (const complaint of complaints) say(`The demo fell short: ${complaint}.`);
    if (options.once) return complaints.length === 0 ? 0 : 1;
    sayWhereToGo(app.url);
    await stopping;
    return 0;
  } finally {
    await app.stop();
  }
}

async function tour(
  ask: ReturnType<typeof graphqlClient>,
  { imagesFolder }: DemoOptions,
  dataFolder: string,
): Promise<string[]> {
  if (imagesFolder === null) return sampleTour(ask, join(dataFolder, "samples"));
  await folderTour(ask, imagesFolder);
  return [];
}

function sayWhereToGo(url: string): void {
  say(`Parallax is running. Open in a browser:`);
  say(`  ${bold(`${url}/graphiql`)}   queries to try, no internet needed`);
  say(`  ${bold(`${url}/graphql`)}    Apollo Sandbox`);
  say(`Stop it with Ctrl-C.`);
}

demo().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof AppError ? error.message : String((error as Error)?.stack ?? error)}\n`);
    process.exit(error instanceof AppError && error.code === "BAD_USER_INPUT" ? 2 : 1);
  },
);
