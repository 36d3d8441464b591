// What is wrong with one row of a list; each adds such a row, which a reader has to tell by its line.
import { addLine, makeRow, MAX_ROW_LENGTH, writeRow } from "./csv-list.mjs";

const filled = ({ columns }) => columns.map(() => "x");
const plain = ({ dialect }, cells) => cells.join(dialect.delimiter);
const add = (list, fault, written) => addLine(list, written, { fault });

export const CSV_FAULTS = {
  openQuote: (list) => add(list, "openQuote", plain(list, ['"never closed', ...filled(list).slice(1)])),
  innerQuote: (list) => add(list, "innerQuote", plain(list, ['"the "best" cat"', ...filled(list).slice(1)])),
  tooFew: (list) => add(list, "tooFew", plain(list, filled(list).slice(1))),
  tooMany: (list) => {
    const more = Array.from({ length: list.dialect.trailing + 1 }, () => "more");
    add(list, "tooMany", plain(list, [...filled(list), ...more]));
  },
  noText: (list) => add(list, "noText", Buffer.from(plain(list, ["Gr\xf6\xdfe", ...filled(list).slice(1)]), "latin1")),
  wrongValue: (list) => {
    const place = list.columns.findIndex(({ type }) => type);
    if (place < 0) return CSV_FAULTS.tooFew(list);
    const { cells } = makeRow(list);
    add(list, "wrongValue", writeRow(list, cells.with(place, list.columns[place].wrong())));
  },
  neither: (list) => {
    const cells = list.columns.map(({ name }) => (name === "key" ? "a key" : ""));
    add(list, "neither", writeRow(list, cells));
  },
  tooLong: (list) => add(list, "tooLong", plain(list, ["y".repeat(MAX_ROW_LENGTH + 1), ...filled(list).slice(1)])),
};
