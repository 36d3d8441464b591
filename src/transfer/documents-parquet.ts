import type { SchemaElement } from "hyparquet-writer" with { "resolution-mode": "import" };
import { AppError } from "../errors";
import type { ExportRow } from "./export-row";

type Column = readonly [
  name: Exclude<keyof ExportRow, "vector">,
  type: SchemaElement["type"],
  extra?: Partial<SchemaElement>,
];

const TEXT: Partial<SchemaElement> = { converted_type: "UTF8" };
const REQUIRED: Partial<SchemaElement> = { repetition_type: "REQUIRED" };
const COLUMNS: readonly Column[] = [
  ["id", "BYTE_ARRAY", { ...TEXT, ...REQUIRED }],
  ["tenant", "BYTE_ARRAY", { ...TEXT, ...REQUIRED }],
  ["key", "BYTE_ARRAY", TEXT],
  ["modality", "BYTE_ARRAY", { ...TEXT, ...REQUIRED }],
  ["text", "BYTE_ARRAY", TEXT],
  ["truncated", "BOOLEAN"],
  ["caption", "BYTE_ARRAY", TEXT],
  ["sourceUrl", "BYTE_ARRAY", TEXT],
  ["mediaType", "BYTE_ARRAY", TEXT],
  ["width", "INT32"],
  ["height", "INT32"],
  ["metadata", "BYTE_ARRAY", { converted_type: "JSON", ...REQUIRED }],
  ["createdAt", "INT64", { converted_type: "TIMESTAMP_MILLIS", ...REQUIRED }],
  ["contentHash", "BYTE_ARRAY", { ...TEXT, ...REQUIRED }],
];

/** `vector` is a list<float>, as Parquet spells lists. */
const SCHEMA: SchemaElement[] = [
  { name: "documents", num_children: COLUMNS.length + 1 },
  ...COLUMNS.map(([name, type, extra]): SchemaElement => ({
    name,
    type: type!,
    repetition_type: "OPTIONAL",
    ...extra,
  })),
  { name: "vector", num_children: 1, converted_type: "LIST", ...REQUIRED },
  { name: "list", num_children: 1, repetition_type: "REPEATED" },
  { name: "element", type: "FLOAT", ...REQUIRED },
];

/** Writes rows, each piece a row group. */
export async function writeParquet(file: string, rows: AsyncIterable<readonly ExportRow[]>): Promise<void> {
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer");
  const writer = new ParquetWriter({ writer: fileWriter(file), schema: SCHEMA, createdBy: "Parallax" });
  for await (const some of rows) {
    const columns = COLUMNS.map(([name]) => ({ name: name as string, data: some.map((row) => valueOf(row, name)) }));
    // Numbers without a pattern: nothing to look for, nothing to compress.
    const vector = {
      name: "vector",
      data: some.map((row) => row.vector),
      encoding: "PLAIN",
      codec: "UNCOMPRESSED",
      statistics: false,
    } as const;
    await writer.write({ columnData: [...columns, vector], rowGroupSize: Math.max(some.length, 1) });
  }
  await writer.finish();
}

function valueOf(row: ExportRow, name: Column[0]): unknown {
  if (name === "createdAt") return new Date(row.createdAt);
  return row[name];
}

/** Rows as they are written, unchecked, each with its number from 1. Throws INVALID_UPLOAD for what is no Parquet file. */
export async function* readParquet(file: string): AsyncGenerator<{ line: number; row: unknown }> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const broken = (cause: unknown) => {
    throw new AppError("INVALID_UPLOAD", `${file} is not a whole Parquet file.`, { cause });
  };
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch(broken);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = (await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd }).catch(broken)) as Record<
      string,
      unknown
    >[];
    for (const [at, row] of rows.entries())
      yield { line: rowStart + at + 1, row: { ...row, createdAt: isoOf(row["createdAt"]) } };
    rowStart = rowEnd;
  }
}

const isoOf = (value: unknown): unknown =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : null;
