import { join } from "node:path";
import type { Config } from "./config/config";
import { BatchedEncoder } from "./encoders/batched-encoder";
import { CachedEncoder } from "./encoders/cached-encoder";
import { openModelCalibration } from "./encoders/model-calibration";
import { resolveModel } from "./encoders/model-files";
import { progressLine } from "./encoders/progress-line";
import { uploadPath } from "./http/upload-path";
import { openImageFetcher } from "./images/fetch/fetcher";
import { mediaPath, thumbnailPath } from "./images/media/media-path";
import { mediaReader } from "./images/media/media-reader";
import { Thumbnails } from "./images/media/thumbnails";
import { Ingester } from "./ingestion/ingester";
import { IngestionService } from "./ingestion/jobs/ingestion-service";
import { JobRunner } from "./ingestion/jobs/job-runner";
import { SourceReader } from "./ingestion/sources/source-reader";
import { startUploadPruning } from "./ingestion/uploads/upload-pruning";
import { LedgerUploads } from "./ingestion/uploads/ledger-uploads";
import { openLedger } from "./ledger/open-ledger";
import type { Log } from "./log";
import { makeAnswerer, openChatModel } from "./assembly/answering";
import { startModelEncoder } from "./assembly/model-encoder";
import { startPictureDecoder } from "./assembly/picture-decoder";
import { localUrl, publicUrlWarning } from "./http/public-url";
import { principalPlane } from "./projection/principal-plane";
import { openActiveStore } from "./stores/active-store";

import type { ImageDocument } from "./documents/document";
import type { ThumbnailType } from "./ports/images";
import { KeptRankings } from "./search/kept-rankings";
import type { Ledger } from "./ports/ledger";
import type { Limits } from "./documents/limits";
import { ModalityGapMeter } from "./search/modality-gap/modality-gap-meter";
import { CollectionCalibration } from "./search/ranking/collection-calibration";
import { Searcher } from "./search/searcher";
import type { UploadLink } from "./ingestion/uploads/uploads";
import { openCollections, openMedia } from "./assembly/storage";
import { GatheredReads } from "./stores/gathered-reads";

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

const TENANT = "default";
/** How soon it is seen what other servers store. */
const CALIBRATION_INTERVAL_MS = 10_000;
/** Calls that a store answers side by side, and what one carries. */
const STORE_CALLS = 4;
const STORE_ITEMS = 32;
const KEPT_RANKINGS = 4_000;
const KEPT_HITS = 100_000;
const KEEP_RANKING_MS = 600_000;
const UPLOAD_PRUNING_INTERVAL_MS = 60_000;
const USER_AGENT = "Parallax/0.1 (image fetcher)";

/** Starts all there is, each on top of the one before. What started is stopped again when a later part does not. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const opened: (() => Promise<void>)[] = [];
  const closing = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.unshift(() => part.close());
    return part;
  };
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= closeAll(opened, log));

  try {
    const chatModel = openChatModel(config, log);
    if (chatModel !== null) closing(chatModel);
    const files = await resolveModel({ ...modelRequest(config), log, onProgress: progressLine(log) });
    // Side by side: each of them waits for a process of its own, or a disk.
    const starting = [
      startModelEncoder(config, files, config.embeddingDimension, log),
      startPictureDecoder(config, log),
      openMedia(config),
      openCollections(config, log),
      openLedger(ledgerOptions(config)),
    ] as const;
    const opening = allOpened(starting, closing);
    // Half a second of loading, for which their start leaves room; whether they failed is asked below.
    opening.catch(() => undefined);
    const { startHttpServer } = await import("./http/http-server.js");
    const { graphqlEdge } = await import("./graphql/graphql-edge.js");
    const [jinaClip, decoder, media, collections, ledger] = await opening;
    const { batchWindowMs: windowMs, queryCacheSize } = config;
    const encoder = new CachedEncoder(
      new BatchedEncoder(jinaClip, { windowMs, maxTexts: 64, maxImages: 32 }),
      queryCacheSize,
    );
    const limits: Limits = config;
    const fetcher = closing(openFetcher(config, log));
    const store = await openActiveStore(collections, encoder.fingerprint);
    const general = async () => {
      const { drawGeneralSet } = await import("./samples/draw-general-set.js");
      return drawGeneralSet(join(config.cacheFolder, "general-set"));
    };
    const model = await openModelCalibration({
      files,
      encoder,
      decoder,
      general,
      cacheFolder: config.cacheFolder,
      log,
    });
    const calibration = new CollectionCalibration({
      model,
      store,
      tenant: TENANT,
      intervalMs: CALIBRATION_INTERVAL_MS,
      log,
    });
    opened.unshift(() => calibration.stop());
    await calibration.refresh();

    const { uploadTtlMs: ttlMs, uploadKeepMs: keepMs } = config;
    const uploads = new LedgerUploads({ ledger, media, limits, ttlMs, keepMs });
    const pruning = startUploadPruning({ uploads: ledger.uploads, media, intervalMs: UPLOAD_PRUNING_INTERVAL_MS, log });
    opened.unshift(() => pruning.stop());
    const sources = new SourceReader({ fetcher, uploads, limits });
    const intake = closing(
      new Ingester({
        store,
        encoder,
        decoder,
        sources,
        media,
        limits,
        onChange: () => calibration.changed(),
        log,
      }),
    );
    const runner = startJobs(config, ledger, intake, log);
    opened.unshift(() => runner.stop());
    const ingestions = closing(
      new IngestionService({ jobs: ledger.jobs, uploads, limits, onWork: () => runner.nudge() }),
    );
    const kept = new KeptRankings({ max: KEPT_RANKINGS, maxHits: KEPT_HITS, keepMs: KEEP_RANKING_MS });
    const searcher = new Searcher({ calibration: () => calibration.current(), kept, maxHits: limits.maxFirst });
    const modalityGaps = new ModalityGapMeter({
      store,
      calibration: () => calibration.current(),
      project: principalPlane,
    });
    const thumbnails = new Thumbnails(media, decoder);
    const answers = makeAnswerer(config, { model: chatModel, searcher, thumbnails });
    let publicUrl = "";
    const mediaUrl = (document: ImageDocument) => `${publicUrl}${mediaPath(document)}`;
    const thumbnailUrl = (picture: ImageDocument, width: number, mediaType: ThumbnailType) =>
      `${publicUrl}${thumbnailPath({ picture, width, mediaType })}`;
    const uploadUrl = (link: UploadLink) => `${publicUrl}${uploadPath(link)}`;
    const services = {
      searcher,
      answers,
      intake,
      ingestions,
      uploads,
      modalityGaps,
      calibration: () => calibration.current(),
      store,
      reads: new GatheredReads(store, { calls: STORE_CALLS, items: STORE_ITEMS }),
      encoder,
      limits,
      mediaUrl,
      thumbnailUrl,
      uploadUrl,
    };
    const server = await startHttpServer({
      host: config.host,
      port: config.port,
      graphql: graphqlEdge({ services, gracePeriodMs: config.gracePeriodMs, log }),
      uploads,
      maxBodyBytes: limits.maxBodyBytes,
      corsOrigins: config.corsOrigins,
      ownOrigin: () => new URL(publicUrl).origin,
      ping: async () => void (await Promise.all([encoder.ping(), store.ping()])),
      readMedia: mediaReader(media, thumbnails),
      uploadPatience: { idleMs: config.uploadIdleMs, deadlineMs: ttlMs },
      log,
    });
    opened.unshift(() => server.stop());
    const url = localUrl(config, server.port);
    publicUrl = config.publicUrl ?? url;
    const warning = publicUrlWarning(config, url);
    if (warning !== null) log.warn({}, warning);
    const children = () => ({ encoder: jinaClip.pid, decoders: decoder.pids, milvusLite: collections.litePid });
    return { url, children, watched: () => ingestions.watched, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const modelRequest = ({ model, modelRevision, modelDtype, cacheFolder, modelHubUrl }: Config) => ({
  model,
  revision: modelRevision,
  dtype: modelDtype,
  cacheFolder,
  hubUrl: modelHubUrl,
  bundledFolder: join(__dirname, "../models/mini-clip"),
});

const openFetcher = (config: Config, log: Log) =>
  openImageFetcher({
    allowedHosts: config.fetchAllowedHosts,
    deniedHosts: config.fetchDeniedHosts,
    headersByHost: config.fetchHeaders,
    maxBytes: config.maxImageBytes,
    timeoutMs: config.fetchTimeoutMs,
    idleTimeoutMs: config.fetchIdleTimeoutMs,
    perHost: config.fetchPerHost,
    retries: config.fetchRetries,
    userAgent: USER_AGENT,
    log,
  });

const ledgerOptions = ({ ledgerUrl, ledgerToken, dataFolder }: Config) => ({
  address: ledgerUrl ?? join(dataFolder, "ledger.db"),
  token: ledgerToken,
});

const startJobs = (config: Config, { jobs, queue }: Ledger, ingester: Ingester, log: Log): JobRunner =>
  new JobRunner({
    jobs,
    queue,
    ingester,
    leaseMs: config.ingestionLeaseMs,
    keepMs: config.ingestionKeepMs,
    gracePeriodMs: config.gracePeriodMs,
    maxImageBytes: config.maxImageBytes,
    log,
  });

type Closing = <T extends { close(): Promise<void> }>(part: T) => T;
type Opened<P> = { -readonly [K in keyof P]: Awaited<P[K]> };

/** What is being opened, once all of it is. Where one fails the others are closed later, like all that was opened. */
async function allOpened<P extends readonly Promise<{ close(): Promise<void> }>[]>(
  opening: P,
  closing: Closing,
): Promise<Opened<P>> {
  const ends = await Promise.allSettled(opening);
  for (const end of ends) if (end.status === "fulfilled") closing(end.value);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return Promise.all(opening) as unknown as Opened<P>;
}

async function closeAll(opened: (() => Promise<void>)[], log: Log): Promise<void> {
  for (const close of opened.splice(0)) {
    await close().catch((error: unknown) => log.warn({ err: error }, "Something did not close as it should"));
  }
}
