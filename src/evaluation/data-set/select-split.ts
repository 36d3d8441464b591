import { AppError } from "../../errors";
import type { DataSet } from "./data-set";

/** The split whose figures are told where nobody names one. */
const USUAL = "test";

/**
 * The part of a data set that belongs to one split: its documents and queries, and those that belong to every split.
 * Without a name: "test" where there is one, else all. Throws BAD_USER_INPUT for a split that no query has.
 */
export function selectSplit(dataSet: DataSet, name: string | undefined): { dataSet: DataSet; split: string | null } {
  const splits = [...new Set(dataSet.queries.flatMap(({ split }) => split ?? []))];
  const split = name ?? (splits.includes(USUAL) ? USUAL : null);
  if (split === null) return { dataSet, split };
  if (!splits.includes(split)) {
    const there = splits.length === 0 ? "its queries have none" : `there are ${splits.join(", ")}`;
    throw new AppError("BAD_USER_INPUT", `The data set has no such split: ${there}.`);
  }
  const belongs = (entry: { readonly split: string | null }) => entry.split === null || entry.split === split;
  const part = { documents: dataSet.documents.filter(belongs), queries: dataSet.queries.filter(belongs) };
  return { dataSet: { ...dataSet, ...part }, split };
}
