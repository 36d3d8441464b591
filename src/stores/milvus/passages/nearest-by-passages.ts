import type { Document, Vector } from "../../../documents/document";
import type { Neighbour, NeighbourQuery } from "../../../ports/document-store";
import { nearestPassage } from "../../nearest-passage";
import type { Found } from "../search-rows";
import type { PassageCollection } from "./passage-collection";
import type { PassageRow } from "./passage-schema";

/** Some passages are of one document, so that more are looked for than documents are wanted. */
const DEEPER = 4;
const FIRST_DEPTH = 2;
/** The most that Milvus gives. */
const MAX_DEPTH = 16_384;

/**
 * For each vector the nearest documents, each as near as the nearest of its vectors. Looks as deep among passages as it takes
 * to find `limit` documents there: then nothing that lies deeper is among the nearest.
 */
export async function nearestByPassages(
  query: NeighbourQuery,
  own: Promise<Neighbour[][]>,
  collection: Pick<PassageCollection, "nearest">,
  read: (tenant: string, ids: readonly string[]) => Promise<(Document | null)[]>,
): Promise<Neighbour[][]> {
  const { tenant, vectors, limit } = query;
  const first = Math.min(FIRST_DEPTH * limit, MAX_DEPTH);
  const [lists, nearest] = await Promise.all([own, collection.nearest(query, first)]);
  const documents = new Map<string, Document | null>(lists.flat().map(({ document }) => [document.id, document]));
  const readMissing = async (rows: readonly PassageRow[]) => {
    const ids = [...new Set(rows.map((row) => row.document_id))].filter((id) => !documents.has(id));
    if (ids.length === 0) return;
    (await read(tenant, ids)).forEach((document, i) => documents.set(ids[i]!, document));
  };
  await readMissing(nearest.flat());
  const merge = async (vector: Vector, list: readonly Neighbour[], begun: readonly Found<PassageRow>[]) => {
    let rows = begun;
    for (let depth = first; ; depth = Math.min(DEEPER * depth, MAX_DEPTH)) {
      const found = byDocument(rows, documents);
      if (found.size >= limit || rows.length < depth || depth === MAX_DEPTH) return nearestOf(list, found, limit);
      [rows = []] = await collection.nearest({ ...query, vectors: [vector] }, Math.min(DEEPER * depth, MAX_DEPTH));
      await readMissing(rows);
    }
  };
  return Promise.all(vectors.map((vector, i) => merge(vector, lists[i]!, nearest[i]!)));
}

interface FoundPassages {
  readonly document: Document;
  readonly passages: { readonly start: number; readonly end: number; readonly similarity: number }[];
}

/** Passages of documents that are there with the content that the passage is of. */
function byDocument(
  rows: readonly Found<PassageRow>[],
  documents: ReadonlyMap<string, Document | null>,
): Map<string, FoundPassages> {
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
