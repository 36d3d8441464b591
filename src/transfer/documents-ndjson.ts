import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { textLines } from "../ingestion/items/text-lines";
import type { ExportRow } from "./export-row";

/** A row has a text, metadata and a vector; none comes near. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Writes rows, a JSON object a line; what does not apply to a document is left out. */
export function writeNdjson(file: string, rows: AsyncIterable<readonly ExportRow[]>): Promise<void> {
  async function* text() {
    for await (const some of rows) yield some.map((row) => `${JSON.stringify(withoutNulls(row))}\n`).join("");
  }
  return pipeline(Readable.from(text()), createWriteStream(file, { flush: true }));
}

const withoutNulls = (row: ExportRow): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/** Rows as they are written, unchecked, each with its line; what is not JSON is null. */
export async function* readNdjson(file: string): AsyncGenerator<{ line: number; row: unknown }> {
  for await (const lines of textLines(createReadStream(file), MAX_LINE_BYTES)) {
    for (const { number, text } of lines) if (text?.trim() !== "") yield { line: number, row: parse(text ?? "") };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
