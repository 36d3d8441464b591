// The two that read lists: the server, from an upload, and the importer, from a file.
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inPieces } from "./bytes.mjs";
import { MAX_ROW_LENGTH } from "./csv-list.mjs";

const require = createRequire(import.meta.url);
const { readItems } = require("../../dist/ingestion/items/read-items.js");
const { listEntries } = require("../../dist/cli/import/list-entries.js");
const { DEFAULT_LIMITS } = require("../../dist/documents/limits.js");

// What a row may have is made of these.
const LIMITS = { ...DEFAULT_LIMITS, maxImageBytes: (MAX_ROW_LENGTH * 3) / 4, maxTextBytes: 0, maxMetadataBytes: 0 };

/** What the server makes of a list: { line, item } or { line, told }. */
export async function readAsServer({ bytes, mediaType }, chance) {
  const found = [];
  for await (const part of readItems([], { mediaType, bytes: inPieces(bytes, chance) }, LIMITS)) {
    for (const { line, ...item } of part)
      found.push(item.kind === "unreadable" ? { line, told: item.problem } : { line, item });
  }
  return found;
}

/** The same of the importer. */
export async function readAsImporter({ bytes, mediaType }, folder) {
  const file = join(folder, mediaType === "text/csv" ? "list.csv" : "list.ndjson");
  await writeFile(file, bytes);
  const found = [];
  for await (const { kind, origin, item, message } of listEntries(file, { keyPrefix: "", metadata: {} }))
    found.push(kind === "failure" ? { line: origin.line, told: message } : { line: origin.line, item: toItem(item) });
  return found;
}

function toItem({ text, image, key = null, caption = null, metadata }) {
  if (text !== undefined) return { kind: "text", key, text, metadata };
  const [[kind, value]] = Object.entries(image);
  const source = kind === "uploadId" ? { kind: "upload", uploadId: value } : { kind, [kind]: value };
  return { kind: "image", key, source, caption, metadata };
}
