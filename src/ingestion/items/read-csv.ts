import { Readable } from "node:stream";
import { CsvError, parse, type InfoRecord } from "csv-parse";
import { AppError } from "../../errors";
import type { JobItemContent } from "../../search/ledger";

const OWN_COLUMNS = new Set(["key", "text", "image", "caption"]);

interface Row {
  readonly record: Record<string, string>;
  readonly info: InfoRecord;
}

/**
 * Items of a CSV list (RFC 4180, a header first): a row with a URL in `image` is a picture, captioned by `caption` or `text`,
 * any other a text; `key` names it, every other column that is not empty is metadata. Throws INVALID_UPLOAD when quotes do
 * not close or the header names neither `text` nor `image`.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, maxRowLength: number): AsyncGenerator<JobItemContent> {
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
    for await (const row of source.pipe(parser) as AsyncIterable<Row>) yield readRow(row);
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

const broken = (error: CsvError): AppError =>
  new AppError(
    "INVALID_UPLOAD",
    `The CSV list cannot be read from line ${String((error as { lines?: unknown }).lines ?? "?")} on: a quote is not closed or misplaced, or a row is too long.`,
    { cause: error },
  );
