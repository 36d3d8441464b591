import type { Config } from "../config/config";
import { Thumbnails } from "../images/media/thumbnails";
import type { Log } from "../log";
import type { ChatModel } from "../ports/chat-model";
import type { Reranker } from "../ports/reranker";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import { addressesUnder } from "./addresses";
import { makeAnswerer } from "./answering";
import { openFetcher } from "./image-fetcher";
import { openIngestion, type IngestionParts } from "./ingestion";
import type { Opened } from "./opened";
import { openPdfReader } from "./pdf-reader";
import { rerankStage } from "./reranking";
import { collectionCalibration, openSearch } from "./search";

export interface ServiceParts extends Pick<IngestionParts, "ledger" | "media" | "store" | "encoder" | "decoder"> {
  /** The model's own. */
  readonly calibration: ModelCalibration;
  /** Null: none is configured, as for the other one. */
  readonly chatModel: ChatModel | null;
  readonly reranker: Reranker | null;
  /** Under which clients find the server, once it listens. */
  readonly publicUrl: () => string;
}

/** What the edges offer, on parts that are open: ingestion, searches, answers, and where pictures are found. */
export async function openServices(parts: ServiceParts, config: Config, log: Log, opened: Opened) {
  const { store, encoder, media, decoder } = parts;
  const fetcher = opened.keep(openFetcher(config, log));
  const pdfReader = opened.keep(openPdfReader(config, log));
  const refined = opened.keep(collectionCalibration(parts.calibration, store, log));
  await refined.refresh();
  const calibration = () => refined.current();
  const onChange = () => refined.changed();

  const ingestion = openIngestion({ ...parts, fetcher, pdfReader, onChange }, config, log, opened);
  const thumbnails = new Thumbnails(media, decoder);
  const search = openSearch(store, calibration, rerankStage(parts.reranker, config, thumbnails), config);
  const answers = makeAnswerer(config, { model: parts.chatModel, searcher: search.searcher, thumbnails });
  const addresses = addressesUnder(parts.publicUrl);
  return { ...search, answers, ...ingestion, ...addresses, calibration, store, encoder, limits: config, thumbnails };
}
