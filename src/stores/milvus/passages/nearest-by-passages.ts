import type { Document, Vector } from "../../../documents/document";
import type { Neighbour, NeighbourQuery } from "../../../ports/document-store";
import { nearestPassage, ROUNDING } from "../../nearest-passage";
import type { Found } from "../search-rows";
import type { PassageCollection } from "./passage-collection";
import type { PassageRow } from "./passage-schema";

/** Some passages are of one document, so that more are looked for than documents are wanted. */
const FIRST_DEPTH = 2;
const DEEPER = 4;
/** The most that Milvus gives. */
const MAX_DEPTH = 16_384;

type Read = (tenant: string, ids: readonly string[]) => Promise<(Document | null)[]>;
type Rows = readonly Found<PassageRow>[];

/**
 * For each vector the nearest documents, each as near as the nearest of its vectors. Looks as deep among passages as it takes
 * to find `limit` documents there, or what is no nearer than the last of those found by their own vectors: then nothing that
 * lies deeper is among the nearest.
 */
export async function nearestByPassages(
  query: NeighbourQuery,
  own: Promise<Neighbour[][]>,
  collection: Pick<PassageCollection, "nearest">,
  read: Read,
): Promise<Neighbour[][]> {
  const { tenant, vectors, limit } = query;
  const first = Math.min(FIRST_DEPTH * limit, MAX_DEPTH);
  const [lists, nearest] = await Promise.all([own, collection.nearest(query, first)]);
  const documents = new Map<string, Document | null>(lists.flat().map(({ document }) => [document.id, document]));
  const readMissing = async (ids: Iterable<string>) => {
    const missing = [...new Set(ids)].filter((id) => !documents.has(id));
    if (missing.length === 0) return;
    (await read(tenant, missing)).forEach((document, i) => documents.set(missing[i]!, document));
  };
  const cutoffs = lists.map((list) => (list.length < limit ? -Infinity : list.at(-1)!.similarity - ROUNDING));
  // Of all vectors at once.
  await readMissing(nearest.flatMap((rows, i) => documentsOf(rows, cutoffs[i]!).slice(0, limit)));
  const merge = async (vector: Vector, list: readonly Neighbour[], begun: Rows, cutoff: number) => {
    let rows = begun;
    for (let depth = first; ; depth = Math.min(DEEPER * depth, MAX_DEPTH)) {
      await readMissing(documentsOf(rows, cutoff).slice(0, limit));
      if (byDocument(rows, documents).size < limit) await readMissing(documentsOf(rows, cutoff));
      const found = byDocument(rows, documents);
      const isAll = rows.length < depth || rows.at(-1)!.score < cutoff || depth === MAX_DEPTH;
      if (isAll || found.size >= limit) return nearestOf(list, found, limit);
      [rows = []] = await collection.nearest({ ...query, vectors: [vector] }, Math.min(DEEPER * depth, MAX_DEPTH));
    }
  };
  return Promise.all(vectors.map((vector, i) => merge(vector, lists[i]!, nearest[i]!, cutoffs[i]!)));
}

/** Ids of documents that have passages as near as that, nearest first. */
const documentsOf = (rows: Rows, cutoff: number): string[] => [
  ...new Set(rows.filter(({ score }) => score >= cutoff).map((row) => row.document_id)),
];

interface FoundPassages {
  readonly document: Document;
  readonly passages: { readonly start: number; readonly end: number; readonly similarity: number }[];
}

/** Passages of documents that are there with the content that the passage is of. */
function byDocument(rows: Rows, documents: ReadonlyMap<string, Document | null>): Map<string, FoundPassages> {
  const found = new Map<string, FoundPassages>();
  for (const { document_id: id, content_hash: hash, starts_at: start, ends_at: end, score: similarity } of rows) {
    const document = documents.get(id) ?? null;
    if (document?.modality !== "text" || document.contentHash !== hash) continue;
    const one = found.get(id) ?? { document, passages: [] };
    found.set(id, one);
    one.passages.push({ start, end, similarity });
  }
  return found;
}

function nearestOf(own: readonly Neighbour[], found: ReadonlyMap<string, FoundPassages>, limit: number): Neighbour[] {
  const all = new Map(own.map((one) => [one.document.id, one]));
  for (const [id, { document, passages }] of found) {
    const before = all.get(id) ?? { document, passage: null, similarity: -Infinity };
    all.set(id, nearestPassage(before, passages));
  }
  return [...all.values()].sort((a, b) => b.similarity - a.similarity).slice(0, limit);
}
