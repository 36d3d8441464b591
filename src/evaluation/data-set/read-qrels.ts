import { FILES } from "./data-set";
import type { Faults } from "./faults";
import { readLines, type Line } from "./read-lines";

const HEADER = "query-id\tcorpus-id\tscore";
/** A gain of 1,023: who needs more means something else by a grade. */
const MAX_GRADE = 10;

export interface QrelsOptions {
  readonly folder: string;
  readonly queries: ReadonlySet<string>;
  readonly documents: ReadonlySet<string>;
  readonly faults: Faults;
}

/** The grades above 0 of qrels.tsv, by query, then by document. Grades of what the lists do not have are faults. */
export async function readQrels(options: QrelsOptions): Promise<Map<string, Map<string, number>>> {
  const { folder, faults } = options;
  const grades = new Map<string, Map<string, number>>();
  const [header, ...rows] = await readLines(folder, FILES.qrels, faults);
  if (header !== undefined && header.text !== HEADER)
    faults.add(FILES.qrels, header.number, `It must be the header ${JSON.stringify(HEADER)}.`);
  const given = new Set<string>();
  for (const row of rows) {
    const problem = readRow(row, options, given, grades);
    if (problem !== null) faults.add(FILES.qrels, row.number, problem);
  }
  if (header !== undefined && rows.length === 0) faults.add(FILES.qrels, null, "It has no grade.");
  return grades;
}

/** What is wrong with a row; null: nothing, and its grade is among the others. */
function readRow(
  { text }: Line,
  { queries, documents }: QrelsOptions,
  given: Set<string>,
  grades: Map<string, Map<string, number>>,
): string | null {
  const cells = text.split("\t");
  if (cells.length !== 3) return `It has ${cells.length} columns; there must be three, with tabs between them.`;
  const [query, document, score] = cells as [string, string, string];
  if (!queries.has(query)) return `It names a query that ${FILES.queries} does not have.`;
  if (!documents.has(document)) return `It names a document that ${FILES.documents} does not have.`;
  if (!/^\d{1,2}$/.test(score) || Number(score) > MAX_GRADE)
    return `Its score must be a whole number from 0 to ${MAX_GRADE}.`;
  const pair = JSON.stringify([query, document]);
  if (given.has(pair)) return "It grades what a line above grades. Leave one of them out.";
  given.add(pair);
  if (Number(score) === 0) return null;
  const ofQuery = grades.get(query) ?? new Map<string, number>();
  grades.set(query, ofQuery.set(document, Number(score)));
  return null;
}
