import type { JsonValue } from "../../documents/document";
import { given, type SparseDocument } from "../../documents/sparse-document";

export interface GroupBy {
  /** A top-level key of the metadata. */
  readonly metadataKey: string;
  /** How many hits of one group there may be. */
  readonly size: number;
}

/** The group of a document; undefined: it has no such key and is a group of its own. */
export function groupOf(document: SparseDocument, { metadataKey }: GroupBy): JsonValue | undefined {
  const metadata = given(document.metadata);
  return Object.hasOwn(metadata, metadataKey) ? metadata[metadataKey] : undefined;
}

/** Equal for documents of one group; null: a group of its own. */
export function groupName(document: SparseDocument, by: GroupBy): string | null {
  const value = groupOf(document, by);
  return value === undefined ? null : JSON.stringify(value);
}

/** The best hits of each group in the order of the hits; `before`: names of the groups of hits that stand before these. */
export function group<H extends { readonly document: SparseDocument }>(
  ranked: readonly H[],
  before: readonly (string | null)[],
  by: GroupBy,
): H[] {
  const counts = new Map<string, number>();
  const isWanted = (name: string | null) => {
    if (name === null) return true;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts.get(name)! <= by.size;
  };
  before.forEach(isWanted);
  return ranked.filter(({ document }) => isWanted(groupName(document, by)));
}
