import { passagesOwner, readPassageId, type Passage, type PassageName, type Vector } from "../../../documents/document";
import type { SparseDocument } from "../../../documents/sparse-document";
import type { Neighbour, NeighbourQuery } from "../../../ports/document-store";
import { nearestPassage, ROUNDING } from "../../nearest-passage";
import type { PassageCollection } from "./passage-collection";

/** Some passages are of one document, so that more are looked for than documents are wanted. */
const FIRST_DEPTH = 2;
const DEEPER = 4;
/** The most that Milvus gives. */
const MAX_DEPTH = 16_384;

/** Reads documents with the fields that are wanted; undefined: all. */
export type ReadSparse = (
  tenant: string,
  ids: readonly string[],
  wanted: NeighbourQuery["fields"],
) => Promise<(SparseDocument | null)[]>;
type Rows = readonly (PassageName & { readonly score: number })[];

/**
 * For each vector the nearest documents, each as near as the nearest of its vectors. Looks as deep among passages as it takes
 * to find `limit` documents there, or what is no nearer than the last of those found by then: nothing that lies deeper is
 * among the nearest. Documents that were found are left out of what is looked for next, since a book may have thousands of
 * passages that are nearer than those of all others.
 */
export async function nearestByPassages(
  query: NeighbourQuery,
  own: Promise<Neighbour[][]>,
  collection: Pick<PassageCollection, "nearest">,
  read: ReadSparse,
): Promise<Neighbour[][]> {
  const { tenant, vectors, limit, fields } = query;
  const first = Math.min(FIRST_DEPTH * limit, MAX_DEPTH);
  const look = async (depth: number, vectorsOf = vectors, passedOver: readonly string[] = []): Promise<Rows[]> => {
    const found = await collection.nearest({ ...query, vectors: vectorsOf }, depth, passedOver);
    return found.map((rows) => rows.map(({ id, score }) => ({ score, ...readPassageId(id) })));
  };
  const [lists, nearest] = await Promise.all([own, look(first)]);
  const documents = new Map<string, SparseDocument | null>(lists.flat().map(({ document }) => [document.id, document]));
  const readMissing = async (ids: Iterable<string>) => {
    const missing = [...new Set(ids)].filter((id) => !documents.has(id));
    if (missing.length === 0) return;
    (await read(tenant, missing, fields)).forEach((document, i) => documents.set(missing[i]!, document));
  };
  // Of all vectors at once.
  await readMissing(nearest.flatMap((rows, i) => documentsOf(rows, cutoffOf(lists[i]!, limit)).slice(0, limit)));
  const merge = async (vector: Vector, list: Neighbour[], begun: Rows) => {
    let best = list;
    const found = new Map<string, FoundByPassage>();
    for (let [depth, rows] = [first, begun]; ;) {
      const near = documentsOf(rows, cutoffOf(best, limit));
      await readMissing(near.slice(0, limit));
      addByDocument(found, rows, documents);
      if (found.size < limit) {
        await readMissing(near);
        addByDocument(found, rows, documents);
      }
      best = nearestOf(list, found, limit);
      const isAll = rows.length < depth || rows.at(-1)!.score < cutoffOf(best, limit) || depth === MAX_DEPTH;
      if (isAll || found.size >= limit) return best;
      depth = Math.min(DEEPER * depth, MAX_DEPTH);
      [rows = []] = await look(depth, [vector], [...found.keys()]);
    }
  };
  return Promise.all(vectors.map((vector, i) => merge(vector, lists[i]!, nearest[i]!)));
}

/** What is less near than this is not among the nearest. */
const cutoffOf = (nearest: readonly Neighbour[], limit: number): number =>
  nearest.length < limit ? -Infinity : nearest.at(-1)!.similarity - ROUNDING;

/** Ids of documents that have passages as near as that, nearest first. */
const documentsOf = (rows: Rows, cutoff: number): string[] => [
  ...new Set(rows.filter(({ score }) => score >= cutoff).map(({ documentId }) => documentId)),
];

interface FoundByPassage {
  readonly document: SparseDocument;
  /** The nearest of its passages. */
  readonly passage: Passage & { readonly similarity: number };
}

/** Adds the documents that are there with the content that the passage is of. */
function addByDocument(
  found: Map<string, FoundByPassage>,
  rows: Rows,
  documents: ReadonlyMap<string, SparseDocument | null>,
): void {
  for (const { documentId: id, owner, start, end, score: similarity } of rows) {
    const document = documents.get(id) ?? null;
    if (document?.modality !== "text" || passagesOwner(document) !== owner) continue;
    // The nearest of its passages comes first.
    if (!found.has(id)) found.set(id, { document, passage: { start, end, similarity } });
  }
}

function nearestOf(own: readonly Neighbour[], found: ReadonlyMap<string, FoundByPassage>, limit: number): Neighbour[] {
  const all = new Map(own.map((one) => [one.document.id, one]));
  for (const [id, { document, passage }] of found) {
    const before = all.get(id) ?? { document, passage: null, similarity: -Infinity };
    all.set(id, nearestPassage(before, [passage]));
  }
  return [...all.values()].sort((a, b) => b.similarity - a.similarity).slice(0, limit);
}
