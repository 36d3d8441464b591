// What a reader found against what a list means.
import { isDeepStrictEqual } from "node:util";

/** Counts in `tally`, and says what is wrong with the first row that is not as it should be; null: all is right. */
export function compare(rows, found, tally) {
  const byLine = new Map();
  for (const one of found) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one]);
  let first = null;
  const wrong = (what, row, got) => {
    tally[what]++;
    first ??= `${what}: ${JSON.stringify(row)} came as ${JSON.stringify(got ?? null)}`;
  };
  for (const row of rows) {
    const [got, ...more] = byLine.get(row.line) ?? [];
    byLine.delete(row.line);
    tally[row.fault ? "bad" : "good"]++;
    if (more.length > 0) wrong("invented", row, more);
    if (row.fault && !tells(got, row.line)) wrong("untold", row, got);
    else if (!row.fault && got?.item === undefined) wrong("lost", row, got);
    else if (!row.fault && !isDeepStrictEqual(normal(got.item), normal(row.item))) wrong("changed", row, got);
  }
  for (const [line, got] of byLine) wrong("invented", { line }, got);
  return first;
}

const tells = (got, line) => got?.told !== undefined && new RegExp(`^Lines? ${line}\\b`).test(got.told);

/** No metadata and empty metadata are the same. */
const normal = (item) => JSON.parse(JSON.stringify({ ...item, metadata: item.metadata ?? {} }));
