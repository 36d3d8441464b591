import type { Modality, Vector } from "../documents/document";
import type { Lookups, Sighted } from "./lookups";
import type { Candidate } from "./ranking/candidate";
import { sightOf, wholeSight } from "./sight";

/** Documents of one modality that a search found, and what ranking wants to know of them. */
export interface FoundDocuments {
  readonly tenant: string;
  readonly modality: Modality;
  /** Each document once; `similarity`: the cosine of it or its passage with the first direction, null: not told yet. */
  readonly found: readonly (Sighted & { readonly similarity: number | null })[];
  readonly directions: readonly Vector[];
  /** The direction that all queries share, so that its cosines are worth remembering. */
  readonly mean: Vector;
  /** Whether vectors are wanted, to compare documents with each other. */
  readonly vectors: boolean;
}

/** Documents as candidates of a ranking, without those that are gone by now. No vector travels unless it is wanted. */
export async function toCandidates(asked: FoundDocuments, lookups: Lookups): Promise<Candidate[]> {
  return asked.vectors ? withVectors(asked, lookups) : withCosines(asked, lookups);
}

/** A passage answers by its own cosines; documents are compared with each other by theirs. */
async function withVectors(asked: FoundDocuments, lookups: Lookups): Promise<Candidate[]> {
  const { tenant, found } = asked;
  const ofPassages = await withCosines({ ...asked, found: found.filter(({ passage }) => passage !== null) }, lookups);
  const sights = new Map(ofPassages.map(({ document, sight }) => [document.id, sight]));
  const stored = await Promise.all(found.map(({ document: { id } }) => lookups.embedded(tenant, id)));
  return stored.flatMap((one, i): Candidate[] => {
    const { passage } = found[i]!;
    if (one === null) return [];
    const { document, vector } = one;
    if (passage === null) return [{ document, passage, sight: wholeSight(vector) }];
    const sight = sights.get(document.id);
    return sight === undefined ? [] : [{ document, passage, sight: { ...sight, vector } }];
  });
}

async function withCosines(asked: FoundDocuments, lookups: Lookups): Promise<Candidate[]> {
  const { found, directions } = asked;
  const columns = await Promise.all(directions.map((_, place) => cosinesWith(asked, place, lookups)));
  return found.flatMap(({ document, passage }, i) => {
    const cosines = columns.map((column) => column[i]!);
    return cosines.some((cosine) => cosine === null)
      ? []
      : [{ document, passage, sight: sightOf(directions, cosines) }];
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
  const of = missing.map((i) => found[i]!);
  const isShared = direction === mean;
  const cosines = await lookups.similarities({ tenant, modality, direction, isShared, of });
  missing.forEach((i, at) => (known[i] = cosines[at]!));
  return known;
}
