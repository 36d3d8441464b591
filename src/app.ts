import { openChatModel } from "./assembly/answering";
import { calibrateModel, checkModel, findModel, startModel } from "./assembly/model";
import { openActiveStore } from "./assembly/open-active-store";
import { Opened } from "./assembly/opened";
import { startPictureDecoder } from "./assembly/picture-decoder";
import { openReranker } from "./assembly/reranking";
import { servedEncoder } from "./assembly/served-encoder";
import { sharedEncoder } from "./assembly/shared-encoder";
import { openCollections, openJobLedger, openMedia, prepareMilvusLite } from "./assembly/storage";
import type { Config } from "./config/config";
import { localUrl, publicUrlWarning } from "./http/public-url";
import { mediaReader } from "./images/media/media-reader";
import type { Log } from "./log";

/** A running Parallax. */
export interface App {
  /** Where it listens: "http://127.0.0.1:4000". */
  readonly url: string;
  /** Process ids of the children that run now. */
  readonly children: () => { encoder: number | null; decoders: readonly number[]; milvusLite: number | null };
  /** How many ingestions somebody watches now. */
  readonly watched: () => number;
  /** Finishes what runs, then closes everything in reverse. Idempotent. */
  stop(): Promise<void>;
}

/** Starts all there is, each on top of the one before. What started is stopped again when a later part does not. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const opened = new Opened(log);
  try {
    return await start(config, log, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function start(config: Config, log: Log, opened: Opened): Promise<App> {
  // First, since it is told at once where no Python can be had; a model takes minutes to come.
  await prepareMilvusLite(config);
  const chatModel = await openChatModel(config, log);
  if (chatModel !== null) opened.keep(chatModel);
  const reranker = await openReranker(config, log);
  if (reranker !== null) opened.keep(reranker);
  const files = await findModel(config, log);
  // Side by side: each of them waits for a process of its own, or a disk.
  const opening = opened.keepAll([
    startModel(config, files, log),
    startPictureDecoder(config, log),
    openMedia(config),
    openCollections(config, log),
    openJobLedger(config),
  ] as const);
  // Half a second of loading, for which their start leaves room; whether they failed is asked below.
  opening.catch(() => undefined);
  const { openServices } = await import("./assembly/services.js");
  const { startHttpServer } = await import("./http/http-server.js");
  const { buildSchema, graphqlEdge } = await import("./graphql/graphql-edge.js");
  const [model, decoder, media, collections, ledger] = await opening;

  const encoder = sharedEncoder(model, config);
  const running = { files, encoder, decoder };
  const checked = checkModel(running, config, log);
  const checking = Promise.all([
    openActiveStore(collections, encoder.fingerprint),
    calibrateModel(running, config, log, checked),
    checked,
  ]);
  // While those wait for their processes.
  const schema = buildSchema();
  const [store, calibration] = await checking;

  // Known once it listens: with PORT=0 the system picks one.
  let publicUrl = "";
  const parts = {
    ledger,
    media,
    store,
    encoder,
    decoder,
    calibration,
    chatModel,
    reranker,
    publicUrl: () => publicUrl,
  };
  const services = await openServices(parts, config, log, opened);
  const server = opened.keep(
    await startHttpServer({
      host: config.host,
      port: config.port,
      corsOrigins: config.corsOrigins,
      maxBodyBytes: config.maxBodyBytes,
      graphql: graphqlEdge({ schema, services, gracePeriodMs: config.gracePeriodMs, log }),
      uploads: services.uploads,
      ownOrigin: () => new URL(publicUrl).origin,
      takesPictures: encoder.picture !== null,
      ping: async () => void (await Promise.all([encoder.ping(), store.ping()])),
      readMedia: mediaReader(media, services.thumbnails),
      encoder: servedEncoder(running, config),
      uploadPatience: { idleMs: config.uploadIdleMs, deadlineMs: config.uploadTtlMs },
      log,
    }),
  );
  const url = localUrl(config, server.port);
  publicUrl = config.publicUrl ?? url;
  const warning = publicUrlWarning(config, url);
  if (warning !== null) log.warn({}, warning);

  return {
    url,
    children: () => ({ encoder: model.pid, decoders: decoder.pids, milvusLite: collections.litePid }),
    watched: () => services.ingestions.watched,
    stop: () => opened.close(),
  };
}
