import type { DocumentFilter, MetadataComparison, QueryContent, QueryPart, SearchInput } from "../generated/operations";
import { pictureQuery } from "../parts/kept-pictures";
import type { Condition, Part, SearchState } from "../place/search-state";

/** The query that a search state stands for; null where there is nothing to look for. */
export function toInput(state: SearchState): SearchInput | null {
  const words = state.words.trim();
  const own: QueryPart[] = words === "" ? [] : [{ content: { text: words }, weight: state.wordsWeight }];
  const parts = [...state.parts.flatMap(toPart), ...own];
  if (parts.length === 0) return null;
  const where = toWhere(state.conditions);
  return {
    parts,
    ranking: state.ranking,
    relevantOnly: state.relevantOnly,
    ...(state.modality && { modalities: [state.modality] }),
    ...(where && { where }),
    ...(state.keywords.trim() && { keywords: state.keywords.trim() }),
    ...(state.diversity > 0 && { diversity: state.diversity }),
    ...(state.groupBy && { groupBy: { metadataKey: state.groupBy, size: 1 } }),
  };
}

/** The filter of a list without a query: modality and conditions. */
export function toDocumentFilter({ modality, conditions }: SearchState): DocumentFilter | null {
  return toWhere(conditions, modality ? [{ modality }] : []);
}

/** The filter that conditions are, and others besides; null: none. */
export function toWhere(
  conditions: readonly Condition[],
  others: readonly DocumentFilter[] = [],
): DocumentFilter | null {
  const all = [...others, ...conditions.map(({ key, ...rest }) => ({ metadata: { key, is: toComparison(rest) } }))];
  return all.length === 0 ? null : { all };
}

function toPart({ kind, value, weight }: Part): QueryPart[] {
  const content = toContent(kind, value);
  return content ? [{ content, weight }] : [];
}

function toContent(kind: Part["kind"], value: string): QueryContent | null {
  if (kind === "text") return { text: value };
  if (kind === "document") return { documentId: value };
  if (kind === "url") return { image: { url: value } };
  const image = pictureQuery(value);
  return image && { image };
}

function toComparison({ comparison, value }: Omit<Condition, "key">): MetadataComparison {
  if (comparison === "exists") return { exists: true };
  if (comparison === "startsWith") return { startsWith: value };
  const typed = typedValue(value);
  if (comparison === "equals") return { equals: typed };
  if (comparison === "contains") return { contains: typed };
  return comparison === "greaterThan" ? { greaterThan: typed } : { lessThan: typed };
}

/** What was typed, as the type that it looks like; in quotes it is a string. */
function typedValue(text: string): string | number | boolean {
  const trimmed = text.trim();
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  return /^"(.*)"$/s.exec(trimmed)?.[1] ?? trimmed;
}
