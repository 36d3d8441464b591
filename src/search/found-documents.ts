import type { Document, Modality, Vector } from "../documents/document";
import type { Lookups } from "./lookups";
import type { Candidate } from "./ranking/candidate";
import { sightOf, wholeSight } from "./sight";

/** Documents of one modality that a search found, and what ranking wants to know of them. */
export interface FoundDocuments {
  readonly tenant: string;
  readonly modality: Modality;
  /** Each once; `similarity`: its cosine with the first direction, null: not told yet. */
  readonly found: readonly { readonly document: Document; readonly similarity: number | null }[];
  readonly directions: readonly Vector[];
  /** The direction that all queries share, so that its cosines are worth remembering. */
  readonly mean: Vector;
  /** Whether vectors are wanted, to compare documents with each other. */
  readonly vectors: boolean;
}

/** Documents as candidates of a ranking, without those that are gone by now. No vector travels unless it is wanted. */
export async function toCandidates(asked: FoundDocuments, lookups: Lookups): Promise<Candidate[]> {
  const { tenant, found, directions, vectors } = asked;
  if (vectors) {
    const stored = await Promise.all(found.map(({ document: { id } }) => lookups.embedded(tenant, id)));
    return stored.flatMap((one) => (one === null ? [] : [{ document: one.document, sight: wholeSight(one.vector) }]));
  }
  const columns = await Promise.all(directions.map((_, place) => cosinesWith(asked, place, lookups)));
  return found.flatMap(({ document }, i) => {
    const cosines = columns.map((column) => column[i]!);
    return cosines.some((cosine) => cosine === null) ? [] : [{ document, sight: sightOf(directions, cosines) }];
  });
}

/** Of each document with one direction; null: the document is gone. */
async function cosinesWith(
  { tenant, modality, found, directions, mean }: FoundDocuments,
  place: number,
  lookups: Lookups,
): Promise<(number | null)[]> {
  const direction = directions[place]!;
  const known = found.map(({ similarity }) => (place === 0 ? similarity : null));
  const missing = [...known.keys()].filter((i) => known[i] === null);
  if (missing.length === 0) return known;
  const documents = missing.map((i) => found[i]!.document);
  const isShared = direction === mean;
  const cosines = await lookups.similarities({ tenant, modality, direction, isShared, documents });
  missing.forEach((i, at) => (known[i] = cosines[at]!));
  return known;
}
