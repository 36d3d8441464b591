import type { Document, JsonValue } from "../document";

export interface GroupBy {
  /** A top-level key of the metadata. */
  readonly metadataKey: string;
  /** How many hits of one group there may be. */
  readonly size: number;
}

/** The group of a document; undefined: it has no such key and is a group of its own. */
export const groupOf = ({ metadata }: Document, { metadataKey }: GroupBy): JsonValue | undefined =>
  Object.hasOwn(metadata, metadataKey) ? metadata[metadataKey] : undefined;

/** The best hits of each group in the order of the hits; `before`: hits that stand before these and count for their groups. */
export function group<H extends { readonly document: Document }>(
  ranked: readonly H[],
  before: readonly H[],
  by: GroupBy,
): H[] {
  const counts = new Map<string, number>();
  const isWanted = ({ document }: H) => {
    const value = groupOf(document, by);
    if (value === undefined) return true;
    const name = JSON.stringify(value);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts.get(name)! <= by.size;
  };
  before.forEach(isWanted);
  return ranked.filter(isWanted);
}
