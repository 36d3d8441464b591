// A CSV list together with what each of its rows means.
import { ENCODINGS, LINE_ENDS, toBytes } from "./bytes.mjs";
import { CSV_FAULTS } from "./csv-faults.mjs";
import { typedColumns } from "./csv-types.mjs";
import { valuesFrom } from "./words.mjs";

/** The longest row that the readers are told to take. */
export const MAX_ROW_LENGTH = 2_000;

/**
 * A list of its own for each state of chance: its bytes, and its rows: { line, item } or { line, fault }. `isForServer`: without
 * pictures, which would be fetched, and with a key for each item.
 */
export function makeCsvList(chance, isForServer = false) {
  const { below, pick } = chance;
  const fault = below(2) === 0 ? pick(Object.keys(CSV_FAULTS)) : null;
  const dialect = {
    delimiter: pick([",", ",", ";", "\t", "|"]),
    encoding: fault === "noText" ? pick(["utf-8", "utf-8 bom"]) : pick(ENCODINGS),
    lineEnd: pick(LINE_ENDS),
    endsWell: below(2) === 0,
    quotesAll: below(4) === 0,
    isSpaced: below(6) === 0,
    saysSeparator: below(6) === 0,
    hasIndex: below(5) === 0,
    trailing: below(5) === 0 ? 1 + below(3) : 0,
  };
  const columns = columnsOf(dialect, chance, isForServer);
  const list = {
    dialect,
    isForServer,
    columns,
    chance,
    values: valuesFrom(chance),
    isTame: fault === "openQuote",
    lines: [],
    rows: [],
    nextLine: 1,
  };
  if (dialect.saysSeparator) addLine(list, `sep=${dialect.delimiter}`);
  if (below(6) === 0) addLine(list, "");
  addLine(
    list,
    writeRow(
      list,
      columns.map(({ header }) => header),
    ),
  );
  for (let left = 1 + below(12); left > 0; left--) addRow(list);
  if (fault !== null) {
    CSV_FAULTS[fault](list);
    for (let left = below(6); left > 0; left--) addRow(list);
  }
  return { bytes: toBytes(list.lines, dialect, chance), rows: list.rows, about: { ...dialect, fault } };
}

function columnsOf({ hasIndex }, chance, isForServer) {
  const { below, pick } = chance;
  const own = isForServer || below(2) ? ["key", "text"] : ["key", "text", "image", "caption"];
  const others = ["colour", "grösse", "dc:title", "two\nlines", "notes"]
    .slice(0, below(5))
    .map((name) => ({ name, header: name }));
  const columns = [
    ...own.map((name) => ({ name, own: true, header: pick([name, name, name.toUpperCase(), `${name}:string`]) })),
    ...others,
    ...typedColumns(chance),
  ];
  // Not the first: the header's first cell is never empty but for an index.
  const swap = 1 + below(columns.length - 1);
  [columns[1], columns[swap]] = [columns[swap], columns[1]];
  return hasIndex ? [{ name: "column1", header: "", isIndex: true }, ...columns] : columns;
}

/** A row that means something, or now and then one that is empty. */
function addRow(list) {
  const { chance, columns, dialect } = list;
  if (chance.below(10) === 0)
    return addLine(list, chance.pick(["", dialect.delimiter.repeat(columns.length - 1), " "]));
  const { cells, item } = makeRow(list);
  addLine(list, writeRow(list, cells), { item });
}

/** A row as it is written, which may be several lines, and what it means. */
export function addLine(list, written, meaning = null) {
  if (meaning !== null) list.rows.push({ line: list.nextLine, ...meaning });
  list.lines.push(written);
  list.nextLine += 1 + (typeof written === "string" ? (written.match(/\r\n|\n|\r/g)?.length ?? 0) : 0);
}

/** Values and what they mean. */
export function makeRow(list) {
  const { columns, chance, values, isTame, rows, dialect } = list;
  const isImage = columns.some(({ name }) => name === "image") && chance.below(2) === 0;
  const common = { key: null, metadata: {} };
  const own = {};
  const cells = columns.map((column) => {
    if (column.isIndex) return define(common.metadata, column.name, String(rows.length));
    if (column.type) {
      const { cell, value } = column.make(dialect.delimiter);
      if (value !== undefined) define(common.metadata, column.name, value);
      return cell;
    }
    if (!column.own) {
      const value = values.word(isTame);
      return value.trim() === "" ? "" : define(common.metadata, column.name, value);
    }
    return (own[column.name] = ownValue(column.name, isImage, list));
  });
  if (own.key) common.key = own.key;
  const item = isImage
    ? { kind: "image", ...common, source: { kind: "url", url: own.image }, caption: own.caption || own.text || null }
    : { kind: "text", ...common, text: own.text };
  return { cells, item };
}

function ownValue(name, isImage, { values, isTame, isForServer, chance: { below } }) {
  if (name === "image") return isImage ? values.address() : "";
  if (name === "text") return isImage && below(2) ? "" : values.text(isTame);
  if (name === "key") return isForServer || below(2) ? `k${below(1e9)}` : "";
  return isImage ? values.word(true) : "";
}

function define(metadata, name, value) {
  metadata[name] = value;
  return value;
}

/** Cells as this dialect writes them. */
export function writeRow({ dialect, chance: { below } }, cells) {
  const { delimiter, quotesAll, isSpaced, trailing } = dialect;
  const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
  const needsQuotes = (cell) =>
    cell.includes(delimiter) || /[\r\n]/.test(cell) || /^[ \t]*"/.test(cell) || (isSpaced && cell.startsWith(" "));
  const written = cells.map((cell) => {
    if (cell === "" && !quotesAll) return "";
    const quotes = needsQuotes(cell) || quotesAll || below(8) === 0;
    return quotes ? quoted(cell) : cell;
  });
  return written.join(isSpaced ? `${delimiter} ` : delimiter) + delimiter.repeat(trailing);
}
