import { Readable } from "node:stream";
import { CsvError, parse, type InfoRecord } from "csv-parse";
import { AppError } from "../../errors";
import type { JobItemContent } from "../../search/ledger";

const OWN_COLUMNS = new Set(["key", "text", "image", "caption"]);

interface Row {
  readonly record: Record<string, string>;
  readonly info: InfoRecord;
}

/** A row of a CSV list: its item, and the line it begins on, from 1. */
export interface CsvItem {
  readonly line: number;
  readonly item: JobItemContent;
}

/**
 * Items of a CSV list (RFC 4180, a header first): a row with a URL in `image` is a picture, captioned by `caption` or `text`,
 * any other a text; `key` names it, every other column that is not empty is metadata. Throws INVALID_UPLOAD when quotes do
 * not close or the header names neither `text` nor `image`.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, maxRowLength: number): AsyncGenerator<JobItemContent> {
  for await (const { item } of readCsvRows(bytes, maxRowLength)) yield item;
}

/** As `readCsv`, with the lines. */
export async function* readCsvRows(bytes: AsyncIterable<Uint8Array>, maxRowLength: number): AsyncGenerator<CsvItem> {
  const parser = parse({
    bom: true,
    columns: checkHeader,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
  });
  const source = Readable.from(bytes).on("error", (error) => parser.destroy(error));
  try {
    // The parser tells the line that a row ends on.
    for await (const row of source.pipe(parser) as AsyncIterable<Row>)
      yield { line: firstLine(row), item: readRow(row) };
  } catch (error) {
    throw error instanceof CsvError ? broken(error) : error;
  } finally {
    source.destroy();
  }
}

function checkHeader(names: string[]): string[] {
  const columns = names.map((name) => name.trim());
  if (columns.includes("text") || columns.includes("image")) return columns;
  throw new AppError(
    "INVALID_UPLOAD",
    "The CSV list's first line names neither a column `text` nor a column `image`. Begin with a header such as key,text,image,caption.",
  );
}

function readRow({ record, info }: Row): JobItemContent {
  const { key = "", text = "", image = "", caption = "" } = record;
  if (info.error) {
    const problem = `Line ${info.lines} has another number of columns than the header. Quote what holds commas.`;
    return { kind: "unreadable", key: null, problem };
  }
  const others = Object.entries(record).filter(([name, value]) => !OWN_COLUMNS.has(name) && value !== "");
  const common = { key: key === "" ? null : key, metadata: Object.fromEntries(others) };
  if (image === "") return { kind: "text", ...common, text };
  return { kind: "image", ...common, source: { kind: "url", url: image }, caption: caption || text || null };
}

/** A field in quotes may hold line ends. */
const firstLine = ({ record, info }: Row): number =>
  info.lines - Object.values(record).reduce((ends, value) => ends + (value.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

const broken = (error: CsvError): AppError =>
  new AppError(
    "INVALID_UPLOAD",
    `The CSV list cannot be read from line ${String((error as { lines?: unknown }).lines ?? "?")} on: a quote is not closed or misplaced, or a row is too long.`,
    { cause: error },
  );
