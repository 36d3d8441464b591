import type { JobItemContent } from "../../ports/ledger";
import type { CsvColumn, OwnColumn } from "./csv-column";
import { CsvHeaderReader, noHeader, type CsvHeader } from "./csv-header";
import { CsvRows, type CsvRow } from "./csv-rows";
import { readValue, WrongValue } from "./csv-value";
import type { ListedItem } from "./listed-item";
import { textLines } from "./text-lines";

/**
 * Items of a CSV list, a header first: a row with a URL in `image` is a picture, captioned by `caption` or `text`, one with a
 * URL in `pdf` a PDF, any other a text; `key` names it, every other value that is not empty is metadata, of the type that the header says. What separates
 * values is told from the header, empty rows are passed over, and a row that is none is `unreadable`. Throws INVALID_UPLOAD
 * when the header names no `text`, `image` or `pdf`, or a column twice.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, maxRowLength: number): AsyncGenerator<ListedItem> {
  const reader = new CsvHeaderReader();
  let list: { rows: CsvRows; header: CsvHeader } | null = null;
  for await (const lines of textLines(bytes, maxRowLength)) {
    for (const line of lines) {
      if (list !== null) yield* items(list.rows.read(line), list.header);
      else {
        const header = reader.read(line);
        if (header !== null) list = { header, rows: new CsvRows(header.dialect, maxRowLength) };
      }
    }
  }
  if (list === null) throw noHeader();
  yield* items(list.rows.end(), list.header);
}

function* items(rows: Iterable<CsvRow>, header: CsvHeader): Generator<ListedItem> {
  for (const row of rows) {
    if ("problem" in row) yield { line: row.line, item: unreadable(row.problem) };
    else if (row.cells.some((cell) => cell.trim() !== "")) yield { line: row.line, item: readRow(row, header) };
  }
}

type Cells = Extract<CsvRow, { cells: unknown }>;

function readRow(row: Cells, { columns, dialect }: CsvHeader): JobItemContent {
  const { cells } = row;
  const wanted = columns.findLastIndex(({ isNamed }) => isNamed) + 1;
  if (cells.length < wanted || cells.slice(columns.length).some((cell) => cell !== "")) {
    const counts = `${cells.length} columns, but the header has ${columns.length}`;
    return unreadable(`${placeOf(row)} ${counts}: put in quotes what holds ${nameOf(dialect.delimiter)}.`);
  }
  const own: Partial<Record<OwnColumn, string>> = {};
  const metadata: Record<string, unknown> = {};
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? "";
    if (column.own !== null) own[column.own] = cell;
    else if (cell !== "" && (column.type === "string" || cell.trim() !== "")) {
      try {
        define(metadata, column.name, readValue(cell, column.type, dialect.delimiter));
      } catch (error) {
        if (!(error instanceof WrongValue)) throw error;
        return unreadable(`${placeOf(row)} a wrong value, ${say(column, cell)} is ${error.message}.`);
      }
    }
  }
  return toItem(row, own, metadata);
}

function toItem(row: Cells, own: Partial<Record<OwnColumn, string>>, metadata: object): JobItemContent {
  const { key = "", text = "", image = "", pdf = "", caption = "" } = own;
  const common = { key: key === "" ? null : key, metadata };
  if (pdf.trim() !== "") {
    if (image.trim() !== "" || text.trim() !== "")
      return unreadable(`${placeOf(row)} a pdf beside a text or an image.`);
    return { kind: "pdf", ...common, source: { kind: "url", url: pdf.trim() }, pictures: false };
  }
  if (image.trim() !== "") {
    const source = { kind: "url", url: image.trim() } as const;
    return { kind: "image", ...common, source, caption: caption || text || null };
  }
  if (text.trim() === "") return unreadable(`${placeOf(row)} neither a text, an image nor a pdf.`);
  return { kind: "text", ...common, text };
}

/** As an own property, whatever the column is called. */
function define(metadata: object, name: string, value: unknown): void {
  Object.defineProperty(metadata, name, { value, enumerable: true, writable: true, configurable: true });
}

const unreadable = (problem: string): JobItemContent => ({ kind: "unreadable", key: null, problem });

const placeOf = ({ line, lastLine }: Cells): string =>
  line === lastLine ? `Line ${line} has` : `Lines ${line} to ${lastLine} have`;

const nameOf = (delimiter: string): string => (delimiter === "\t" ? "tabs" : `“${delimiter}”`);

const MAX_SHOWN = 60;
const say = ({ name }: CsvColumn, cell: string): string =>
  `\`${name}\`: ${JSON.stringify(cell.length > MAX_SHOWN ? `${cell.slice(0, MAX_SHOWN)}…` : cell)}`;
