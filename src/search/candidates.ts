import { MODALITIES } from "../documents/document";
import type { Filter } from "../documents/filter";
import type { DocumentField } from "../documents/sparse-document";
import { toCandidates, type FoundDocuments } from "./found-documents";
import { perModality, type PerModality } from "./ranking/kinds";
import type { Candidates } from "./ranking/candidate";
import type { Ranker } from "./ranking/ranker";
import type { KeywordScores } from "./ranking/with-keywords";
import type { Lookups } from "./lookups";
import type { SearchRequest } from "./search-request";

export interface CandidateRequest extends SearchRequest {
  /** How many neighbours of each modality. */
  readonly depth: number;
}

export interface FoundCandidates {
  readonly candidates: Candidates;
  readonly keywords: KeywordScores | null;
  /** Whether there may be more of a modality than these. */
  readonly deeper: PerModality<boolean>;
}

/** What may become a hit: the query's neighbours in each modality, and what holds the keywords. */
export async function findCandidates(
  request: CandidateRequest,
  ranker: Ranker,
  lookups: Lookups,
): Promise<FoundCandidates> {
  const { tenant, depth: limit, keywords: words } = request;
  const filter = withoutQueried(request);
  const wanted = MODALITIES.filter((modality) => request.modalities.includes(modality));
  const vectors = request.diversity > 0;
  const fields = fieldsOf(request);
  const asked = perModality((modality) => {
    const directions = ranker.directions(modality, request.relevantOnly);
    const mean = ranker.calibration.means[modality].direction;
    const shared = !vectors && directions.includes(mean) && { shared: mean };
    const near = { tenant, modality, vector: directions[0]!, limit, filter, ...(fields && { fields }), ...shared };
    return { directions, mean, near };
  });
  const [lists, matches] = await Promise.all([
    Promise.all(wanted.map((modality) => lookups.neighbours(asked[modality].near))),
    words === null ? [] : lookups.keywordMatches({ tenant, words, limit, filter: among(wanted, filter) }),
  ]);
  const all = new Map<string, FoundDocuments["found"][number]>();
  for (const { document } of matches) all.set(document.id, { document, passage: null, similarity: null });
  for (const one of lists.flat()) all.set(one.document.id, one);
  const candidates = await Promise.all(
    MODALITIES.map((modality) => {
      const found = [...all.values()].filter(({ document }) => document.modality === modality);
      const { directions, mean } = asked[modality];
      return toCandidates({ tenant, modality, found, directions, mean, vectors }, lookups);
    }),
  );
  return {
    candidates: perModality((kind) => candidates[MODALITIES.indexOf(kind)]!),
    keywords: words === null ? null : new Map(matches.map(({ document, keywordScore }) => [document.id, keywordScore])),
    deeper: perModality(
      (kind) => wanted.includes(kind) && [lists[wanted.indexOf(kind)]!, matches].some((list) => list.length === limit),
    ),
  };
}

/** What is looked at of candidates, and wanted of hits; null: all. */
function fieldsOf({ fields, keywords, rerank, groupBy }: SearchRequest): readonly DocumentField[] | null {
  if (fields === null || keywords !== null || rerank !== null) return null;
  return groupBy === null ? fields : [...fields, "metadata"];
}

/** A document is no answer to itself. */
function withoutQueried({ parts, filter }: SearchRequest): Filter | null {
  const queried = parts.flatMap(({ content }) => (content.kind === "document" ? [content.id] : []));
  if (queried.length === 0) return filter;
  const others: Filter = { kind: "not", filter: { kind: "id", in: queried } };
  return filter === null ? others : { kind: "all", filters: [others, filter] };
}

function among(modalities: SearchRequest["modalities"], filter: Filter | null): Filter | null {
  if (modalities.length === MODALITIES.length) return filter;
  const these: Filter = { kind: "any", filters: modalities.map((modality) => ({ kind: "modality", modality })) };
  return filter === null ? these : { kind: "all", filters: [these, filter] };
}
