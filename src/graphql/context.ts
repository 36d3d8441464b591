import type { DocumentStore } from "../search/document-store";
import type { Encoder } from "../search/encoder";
import type { ImageDocument } from "../search/document";
import type { Ingestions } from "../search/ingestions";
import type { ThumbnailType } from "../search/images";
import type { Intake } from "../search/intake";
import type { Limits } from "../search/limits";
import type { Lookups, Reads } from "../search/lookups";
import type { ModalityGapMeter } from "../search/modality-gap/modality-gap-meter";
import type { Calibration } from "../search/ranking/calibration";
import type { Searcher } from "../search/searcher";
import type { UploadLink, Uploads } from "../search/uploads";
import type { Admitted } from "./admission";
import { createLookups } from "./lookups";
import { Turns } from "./turns";

/** What resolvers call; the same for every request. */
export interface Services {
  readonly searcher: Searcher;
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
  mediaUrl(document: ImageDocument): string;
  /** Where a browser finds it smaller; `width` is one of THUMBNAIL_WIDTHS. */
  thumbnailUrl(document: ImageDocument, width: number, mediaType: ThumbnailType): string;
  /** Where a client puts an upload's bytes. */
  uploadUrl(link: UploadLink): string;
}

/** What one request's resolvers share. */
export interface Context extends Services {
  readonly tenant: string;
  readonly lookups: Lookups;
  /** Its place among those under way; null: it came in another way. */
  readonly place: Admitted | null;
  readonly turns: Turns;
}

/** There is one tenant until there are more; every call below carries it already. */
const TENANT = "default";

/** A request's own context, with DataLoaders that batch what its fields ask for. */
export function createContext(services: Services, place: Admitted | null): Context {
  const turns = new Turns();
  const lookups = createLookups(services, place?.signal ?? null, turns);
  return { ...services, tenant: TENANT, place, turns, lookups };
}
