import type { Answerer } from "../answers/answerer";
import type { DocumentStore } from "../ports/document-store";
import type { PictureKey } from "../ports/media-store";
import type { Encoder } from "../ports/encoder";
import type { Gone } from "../ports/gone";
import type { PdfPage } from "../documents/pdf-page";
import type { Ingestions } from "../ingestion/jobs/ingestions";
import type { ThumbnailType } from "../documents/thumbnail";
import type { Intake } from "../ingestion/intake";
import type { Limits } from "../documents/limits";
import { TENANT } from "../documents/tenant";
import type { Lookups, Reads } from "../search/lookups";
import type { ModalityGapMeter } from "../search/modality-gap/modality-gap-meter";
import type { Calibration } from "../search/ranking/calibration";
import type { Searcher } from "../search/searcher";
import type { UploadLink, Uploads } from "../ingestion/uploads/uploads";
import { createLookups } from "./execution/lookups";
import { Turns } from "./execution/turns";

/** What resolvers call; the same for every request. */
export interface Services {
  readonly searcher: Searcher;
  readonly answers: Answerer;
  readonly intake: Intake;
  readonly ingestions: Ingestions;
  readonly uploads: Uploads;
  readonly modalityGaps: ModalityGapMeter;
  /** The calibration in force. */
  readonly calibration: () => Calibration;
  readonly store: DocumentStore;
  readonly reads: Reads;
  readonly encoder: Encoder;
  readonly limits: Limits;
  /** Where a browser finds a document's picture. */
  mediaUrl(picture: PictureKey): string;
  /** Where a browser finds it smaller; `width` is one of THUMBNAIL_WIDTHS. */
  thumbnailUrl(picture: PictureKey, width: number, mediaType: ThumbnailType): string;
  /** Where a browser opens the PDF at that page. */
  pageUrl(tenant: string, page: PdfPage): string;
  /** Where a client puts an upload's bytes. */
  uploadUrl(link: UploadLink): string;
}

/** A request's place among those under way. */
export interface Place extends Gone {
  /** Aborted when its client has hung up. */
  readonly signal: AbortSignal;
  /** Takes the place of a mutation instead. Throws OVERLOADED when there is none. */
  asMutation(): void;
}

/** What one request's resolvers share. */
export interface Context extends Services {
  readonly tenant: string;
  readonly lookups: Lookups;
  /** Its place among those under way; null: it came in another way. */
  readonly place: Place | null;
  readonly turns: Turns;
}

/** A request's own context, with DataLoaders that batch what its fields ask for. */
export function createContext(services: Services, place: Place | null): Context {
  const turns = new Turns();
  const lookups = createLookups(services, place);
  return { tenant: TENANT, place, turns, lookups, ...services };
}
