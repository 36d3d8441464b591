import { pino } from "pino";
import type { Config } from "../../config/config";
import { AppError } from "../../errors";
import { note } from "../terminal";
import { COLLECTION } from "./operations";
import { ServerClient } from "./server-client";

/** A server to import into. */
export interface ReachedServer {
  readonly client: ServerClient;
  /** Name of the collection that it serves. */
  readonly collection: string;
  /** Whether it was started for this import and ends with it. */
  readonly isOwn: boolean;
  /** Stops it if it was started here. */
  release(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

/**
 * The server that was named, else the one on this machine's PORT, else one that is started here. Throws BAD_USER_INPUT when
 * no Parallax is there, and what starting one throws.
 */
export async function reachServer(
  given: string | undefined,
  config: Config,
  interrupted: AbortSignal,
): Promise<ReachedServer> {
  const url = given === undefined ? `http://127.0.0.1:${config.port}` : checkUrl(given);
  const client = new ServerClient(url, interrupted);
  const collection = await collectionOf(client);
  if (typeof collection === "string") return { client, collection, isOwn: false, release: nothing };
  interrupted.throwIfAborted();
  const isNobody = (collection.cause as { code?: string } | undefined)?.code === "ECONNREFUSED" || config.port === 0;
  if (given === undefined && isNobody) return startOwn(config, interrupted);
  const hint =
    given === undefined ? "Name the server with --server, or set PORT." : "Start it, or name another with --server.";
  throw new AppError("BAD_USER_INPUT", `No Parallax answers at ${url}. ${hint}`, { cause: collection });
}

async function startOwn(config: Config, interrupted: AbortSignal): Promise<ReachedServer> {
  note(
    `No server runs on this machine's port ${config.port}: starting one with the model ${config.model} for this import …`,
  );
  const { startApp } = await import("../../app.js");
  // Nobody else is to find it.
  const own = { ...config, host: "127.0.0.1", port: 0 };
  const app = await startApp(own, pino({ level: config.logLevel }, pino.destination(2)));
  const client = new ServerClient(app.url, interrupted);
  const { collection } = await client.ask<{ collection: { name: string } }>(COLLECTION);
  return { client, collection: collection.name, isOwn: true, release: () => app.stop() };
}

/** The name of the collection; an Error when nobody answers as Parallax does. Throws what a Parallax says that has one, but cannot. */
async function collectionOf(client: ServerClient): Promise<string | Error> {
  try {
    return (await client.ask<{ collection: { name: string } }>(COLLECTION, {}, 0)).collection.name;
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    if (error instanceof AppError && error.code !== "SHUTTING_DOWN") throw error;
    return cause instanceof Error ? cause : (error as Error);
  }
}

function checkUrl(given: string): string {
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given.replace(/(\/graphql)?\/*$/, "");
  throw new AppError("BAD_USER_INPUT", `--server ${given} is no URL; write it as http://127.0.0.1:4000.`);
}
