import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { AppError } from "../../errors";
import { readCsv } from "../../ingestion/items/read-csv";
import { readNdjson } from "../../ingestion/items/read-ndjson";
import type { ImageItem, TextItem } from "../../documents/item";
import type { ColumnHints } from "./column-hints";
import type { Common, Found, ListItem } from "./entry";
import { leadsOut } from "../../ingestion/local/inside-folder";
import { localPicture, type LocalPicture } from "../../ingestion/local/local-picture";
import { toFailure } from "./to-failure";

/** A picture of the largest size there is, in base64. */
const MAX_LINE_LENGTH = 128 * 1024 * 1024;
const URL_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

export const isListName = (path: string): boolean => /\.(csv|tsv|ndjson|jsonl)$/i.test(path);

/** The items of a CSV or NDJSON file, read as the server reads such lists. Throws INVALID_UPLOAD for one that is none. */
export async function* listEntries(file: string, common: Common, hints?: ColumnHints): AsyncGenerator<Found> {
  const folder = await realpath(dirname(file));
  const bytes = createReadStream(file);
  const isCsv = /\.(csv|tsv)$/i.test(file);
  const read = isCsv ? readCsv : readNdjson;
  for await (const { line, item } of read(bytes, MAX_LINE_LENGTH)) {
    const origin = { line };
    if (item.kind === "unreadable") {
      yield toFailure(origin, null, new AppError("INVALID_ITEM", item.problem));
      continue;
    }
    if (isCsv) hints?.see(item.metadata);
    const key = item.key === null ? null : `${common.keyPrefix}${item.key}`;
    try {
      const picture = await pictureOf(item, folder);
      yield { kind: "entry", origin, item: toListItem(item, key, common.metadata), picture };
    } catch (error) {
      yield toFailure(origin, key, error);
    }
  }
}

/** The file that an item's image names by a path; null: it names none. */
async function pictureOf(item: TextItem | ImageItem, folder: string): Promise<LocalPicture | null> {
  if (item.kind === "text" || item.source.kind !== "url" || URL_SCHEME.test(item.source.url)) return null;
  const path = resolve(folder, item.source.url);
  if (await leadsOut(folder, path)) throw outside();
  return localPicture(path);
}

const outside = (): AppError =>
  new AppError("INVALID_ITEM", "The image's path leads out of the folder of the list. Name a picture in it, or a URL.");

function toListItem(item: TextItem | ImageItem, key: string | null, given: Common["metadata"]): ListItem {
  const named = { ...(key === null ? {} : { key }), metadata: withGiven(item.metadata, given) };
  if (item.kind === "text") return { text: item.text, ...named };
  const { source, caption } = item;
  const fields = { ...named, ...(caption === null ? {} : { caption }) };
  if (source.kind === "base64") return { image: { base64: source.base64 }, ...fields };
  if (source.kind === "upload") return { image: { uploadId: source.uploadId }, ...fields };
  return URL_SCHEME.test(source.url) ? { image: { url: source.url }, ...fields } : fields;
}

/** What is not an object goes to the server as it is, which says what is wrong with it. */
const withGiven = (own: unknown, given: Common["metadata"]): unknown =>
  own === undefined || own === null || (typeof own === "object" && !Array.isArray(own)) ? { ...given, ...own } : own;
