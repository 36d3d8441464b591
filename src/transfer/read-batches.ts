import type { EmbeddedDocument } from "../documents/document";
import { readNdjson } from "./documents-ndjson";
import { readParquet } from "./documents-parquet";
import { readExportRow } from "./export-row";
import { documentsFile, type Manifest } from "./manifest";

const DOCUMENTS_AT_ONCE = 512;

/** A document, and the line (Parquet: row) of the export that it is on. */
export interface ReadDocument {
  readonly line: number;
  readonly document: EmbeddedDocument;
}

/** The documents of an export, many at a time; rows that are none are refused. */
export async function* readBatches(
  folder: string,
  { format, fingerprint }: Manifest,
  refuse: (line: number, key: string | null, why: string) => void,
): AsyncGenerator<ReadDocument[]> {
  const file = documentsFile(folder, format);
  let batch: ReadDocument[] = [];
  for await (const { line, row } of format === "parquet" ? readParquet(file) : readNdjson(file)) {
    const document = readExportRow(row, fingerprint.dimension);
    if (typeof document === "string") refuse(line, null, document);
    else batch.push({ line, document });
    if (batch.length < DOCUMENTS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
