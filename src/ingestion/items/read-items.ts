import { AppError } from "../../errors";
import type { JobItemInput } from "../../documents/item";
import type { JobItemContent } from "../../ports/ledger";
import type { Limits } from "../../documents/limits";
import type { Uploads } from "../uploads/uploads";
import { isDeeper, MAX_DEPTH } from "./depth";
import type { ListedItem } from "./listed-item";
import { readCsv } from "./read-csv";
import { readNdjson } from "./read-ndjson";

const PART = 500;

export type ItemList = Awaited<ReturnType<Uploads["open"]>>;

/** Given items and then those of a list, in parts. Throws TOO_MANY_ITEMS, BAD_USER_INPUT for none, INVALID_UPLOAD. */
export async function* readItems(
  given: readonly JobItemInput[],
  list: ItemList | null,
  limits: Limits,
): AsyncGenerator<readonly JobItemContent[]> {
  const most = limits.maxItemsPerIngestion;
  let count = 0;
  let part: JobItemContent[] = [];
  for await (const item of all(given, list, limits)) {
    if (++count > most) {
      throw new AppError(
        "TOO_MANY_ITEMS",
        `There are more than ${most} items; one ingestion takes no more. Start several.`,
      );
    }
    part.push(item);
    if (part.length < PART) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
  if (count === 0)
    throw new AppError(
      "BAD_USER_INPUT",
      "There is nothing to ingest. Give texts, images or an uploaded list with items.",
    );
}

async function* all(
  given: readonly JobItemInput[],
  list: ItemList | null,
  limits: Limits,
): AsyncGenerator<JobItemContent> {
  for (const item of given) yield isDeeper(item.metadata) ? tooDeep : item;
  if (list === null) return;
  // A picture in base64 is the longest thing that a line may hold: a larger PDF is fetched, or uploaded by itself.
  const maxLineLength = Math.ceil((limits.maxImageBytes * 4) / 3) + 4 * (limits.maxTextBytes + limits.maxMetadataBytes);
  for await (const { line, item } of listed(list, maxLineLength)) yield { ...item, line };
}

function listed({ mediaType, bytes }: ItemList, maxLineLength: number): AsyncGenerator<ListedItem> {
  if (mediaType === "application/x-ndjson") return readNdjson(bytes, maxLineLength);
  if (mediaType === "text/csv") return readCsv(bytes, maxLineLength);
  throw new AppError(
    "INVALID_UPLOAD",
    "The upload is not a list of items. Upload it as application/x-ndjson or text/csv; name pictures in `images` and PDFs in `pdfs`.",
  );
}

const tooDeep: JobItemContent = {
  kind: "unreadable",
  key: null,
  problem: `The item has metadata of more than ${MAX_DEPTH} levels. Flatten it.`,
};
