import type { Config } from "../config/config";
import type { TextDocument } from "../documents/document";
import { TENANT } from "../documents/tenant";
import { Ingester } from "../ingestion/ingester";
import { IngestionService } from "../ingestion/jobs/ingestion-service";
import { JobRunner, type JobRunnerOptions } from "../ingestion/jobs/job-runner";
import { PassageUpkeep } from "../ingestion/passages/passage-upkeep";
import type { PassageSize } from "../ingestion/passages/split-text";
import { PdfIngester } from "../ingestion/pdf/pdf-ingester";
import { SourceReader } from "../ingestion/sources/source-reader";
import { LedgerUploads } from "../ingestion/uploads/ledger-uploads";
import { startUploadPruning } from "../ingestion/uploads/upload-pruning";
import type { Log } from "../log";
import type { DocumentStore } from "../ports/document-store";
import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { ImageFetcher } from "../ports/image-fetcher";
import type { Ledger } from "../ports/ledger";
import type { PdfReader } from "../ports/pdf-reader";
import type { MediaStore } from "../ports/media-store";
import type { Opened } from "./opened";
import { passageSize } from "./passage-size";

const UPLOAD_PRUNING_INTERVAL_MS = 60_000;

export interface IngestionParts {
  readonly ledger: Ledger;
  readonly media: MediaStore;
  readonly store: DocumentStore;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly fetcher: ImageFetcher;
  readonly pdfReader: PdfReader;
  /** Told after documents were stored or deleted. */
  readonly onChange: () => void;
}

/** A document's ways in: at once, in the background, by uploads. What runs by itself is kept among what is opened. */
export function openIngestion(parts: IngestionParts, config: Config, log: Log, opened: Opened) {
  const { ledger, media, fetcher } = parts;
  const { uploadTtlMs: ttlMs, uploadKeepMs: keepMs } = config;
  const uploads = new LedgerUploads({ ledger, media, limits: config, ttlMs, keepMs });
  opened.keep(startUploadPruning({ uploads: ledger.uploads, media, intervalMs: UPLOAD_PRUNING_INTERVAL_MS, log }));
  const sources = new SourceReader({ fetcher, uploads, limits: config });
  const passages = passageSize(config);
  const intake = opened.keep(new Ingester({ ...parts, sources, limits: config, passages, log }));
  if (passages !== null) opened.keep(startPassageUpkeep(parts.store, intake, passages, log));
  const pdfs = new PdfIngester({ ...parts, ingester: intake, reader: parts.pdfReader, sources, limits: config });
  const runner = opened.keep(startJobs(ledger, { ingester: intake, pdfs }, config, log));
  const onWork = () => runner.nudge();
  const ingestions = opened.keep(new IngestionService({ jobs: ledger.jobs, uploads, limits: config, onWork }));
  return { uploads, intake, ingestions };
}

function startPassageUpkeep(store: DocumentStore, intake: Ingester, size: PassageSize, log: Log): PassageUpkeep {
  const add = (document: TextDocument) => intake.addPassages(document, size);
  const upkeep = new PassageUpkeep({ store, tenant: TENANT, add, log });
  upkeep.start();
  return upkeep;
}

const startJobs = (
  { jobs, queue }: Ledger,
  ways: Pick<JobRunnerOptions, "ingester" | "pdfs">,
  config: Config,
  log: Log,
): JobRunner =>
  new JobRunner({
    jobs,
    queue,
    ...ways,
    leaseMs: config.ingestionLeaseMs,
    keepMs: config.ingestionKeepMs,
    gracePeriodMs: config.gracePeriodMs,
    maxImageBytes: config.maxImageBytes,
    maxPdfBytes: config.maxPdfBytes,
    log,
  });
