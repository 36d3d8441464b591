import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { AppError } from "../../errors";
import { readCsv } from "../../ingestion/items/read-csv";
import { readNdjson } from "../../ingestion/items/read-ndjson";
import type { JobItemInput, PdfItem } from "../../documents/item";
import type { ColumnHints } from "./column-hints";
import type { Common, Found, ListItem, ListSource } from "./entry";
import { leadsOut } from "../../ingestion/local/inside-folder";
import { localFile, type LocalFile } from "../../ingestion/local/local-file";
import { toFailure } from "./to-failure";

/** A picture or PDF of the largest size there is, in base64. */
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
      const local = await fileOf(item, folder);
      yield { kind: "entry", origin, item: toListItem(item, key, common), file: local };
    } catch (error) {
      yield toFailure(origin, key, error);
    }
  }
}

/** The file that an item names by a path; null: it names none. */
async function fileOf(item: JobItemInput, folder: string): Promise<LocalFile | null> {
  if (item.kind === "text" || item.source.kind !== "url" || URL_SCHEME.test(item.source.url)) return null;
  const path = resolve(folder, item.source.url);
  if (await leadsOut(folder, path)) throw outside();
  return localFile(path, item.kind === "pdf" ? "PDF" : "picture");
}

const outside = (): AppError =>
  new AppError("INVALID_ITEM", "The path leads out of the folder of the list. Name a file in it, or a URL.");

function toListItem(item: JobItemInput, key: string | null, common: Common): ListItem {
  const named = { ...(key === null ? {} : { key }), metadata: withGiven(item.metadata, common.metadata) };
  if (item.kind === "text") return { text: item.text, ...named };
  const source = toSource(item.source);
  if (item.kind === "pdf") {
    const fields = { ...named, ...(item.pictures || common.pagePictures ? { pictures: true } : {}) };
    return source === null ? fields : { pdf: source, ...fields };
  }
  const fields = { ...named, ...(item.caption === null ? {} : { caption: item.caption }) };
  return source === null ? fields : { image: source, ...fields };
}

/** Null: a path, whose file is still to be uploaded. */
function toSource(source: PdfItem["source"]): ListSource | null {
  if (source.kind === "base64") return { base64: source.base64 };
  if (source.kind === "upload") return { uploadId: source.uploadId };
  return URL_SCHEME.test(source.url) ? { url: source.url } : null;
}

/** What is not an object goes to the server as it is, which says what is wrong with it. */
const withGiven = (own: unknown, given: Common["metadata"]): unknown =>
  own === undefined || own === null || (typeof own === "object" && !Array.isArray(own)) ? { ...given, ...own } : own;
