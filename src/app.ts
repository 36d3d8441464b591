import { addressesUnder } from "./assembly/addresses";
import { makeAnswerer, openChatModel } from "./assembly/answering";
import { openFetcher } from "./assembly/image-fetcher";
import { openIngestion } from "./assembly/ingestion";
import { calibrateModel, checkModel, findModel, startModel } from "./assembly/model";
import { openActiveStore } from "./assembly/open-active-store";
import { Opened } from "./assembly/opened";
import { openPdfReader } from "./assembly/pdf-reader";
import { startPictureDecoder } from "./assembly/picture-decoder";
import { openReranker, rerankStage } from "./assembly/reranking";
import { collectionCalibration, openSearch } from "./assembly/search";
import { servedEncoder } from "./assembly/served-encoder";
import { sharedEncoder } from "./assembly/shared-encoder";
import { openCollections, openJobLedger, openMedia, prepareMilvusLite } from "./assembly/storage";
import type { Config } from "./config/config";
import { localUrl, publicUrlWarning } from "./http/public-url";
import { mediaReader } from "./images/media/media-reader";
import { Thumbnails } from "./images/media/thumbnails";
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
  const chatModel = openChatModel(config, log);
  if (chatModel !== null) opened.keep(chatModel);
  const reranker = await openReranker(config, log);
  if (reranker !== null) opened.keep(reranker);
  const files = await findModel(config, log);
  // Side by side: each of them waits for a process of its own, or a disk.
  const starting = [
    startModel(config, files, log),
    startPictureDecoder(config, log),
    openMedia(config),
    openCollections(config, log),
    openJobLedger(config),
  ] as const;
  const opening = opened.keepAll(starting);
  // Half a second of loading, for which their start leaves room; whether they failed is asked below.
  opening.catch(() => undefined);
  const { startHttpServer } = await import("./http/http-server.js");
  const { graphqlEdge } = await import("./graphql/graphql-edge.js");
  const [model, decoder, media, collections, ledger] = await opening;

  const encoder = sharedEncoder(model, config);
  const fetcher = opened.keep(openFetcher(config, log));
  const pdfReader = opened.keep(openPdfReader(config, log));
  const [store] = await Promise.all([
    openActiveStore(collections, encoder.fingerprint),
    checkModel({ files, encoder, decoder }, config, log),
  ]);
  const ownCalibration = await calibrateModel({ files, encoder, decoder }, config, log);
  const refined = opened.keep(collectionCalibration(ownCalibration, store, log));
  await refined.refresh();
  const calibration = () => refined.current();

  const parts = { ledger, media, store, encoder, decoder, fetcher, pdfReader, onChange: () => refined.changed() };
  const ingestion = openIngestion(parts, config, log, opened);
  const thumbnails = new Thumbnails(media, decoder);
  const search = openSearch(store, calibration, rerankStage(reranker, config, thumbnails), config);
  const answers = makeAnswerer(config, { model: chatModel, searcher: search.searcher, thumbnails });

  // Known once it listens: with PORT=0 the system picks one.
  let publicUrl = "";
  const addresses = addressesUnder(() => publicUrl);
  const services = { ...search, answers, ...ingestion, ...addresses, calibration, store, encoder, limits: config };
  const server = opened.keep(
    await startHttpServer({
      host: config.host,
      port: config.port,
      corsOrigins: config.corsOrigins,
      maxBodyBytes: config.maxBodyBytes,
      graphql: graphqlEdge({ services, gracePeriodMs: config.gracePeriodMs, log }),
      uploads: ingestion.uploads,
      ownOrigin: () => new URL(publicUrl).origin,
      takesPictures: encoder.picture !== null,
      ping: async () => void (await Promise.all([encoder.ping(), store.ping()])),
      readMedia: mediaReader(media, thumbnails),
      encoder: servedEncoder({ files, encoder }, config),
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
    watched: () => ingestion.ingestions.watched,
    stop: () => opened.close(),
  };
}
