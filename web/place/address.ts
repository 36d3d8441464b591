import type { Modality, Ranking } from "../generated/operations";
import { START, VIEWS, type Place } from "./place";
import {
  COMPARISONS,
  EMPTY_SEARCH,
  type Comparison,
  type Condition,
  type Part,
  type SearchState,
} from "./search-state";

const RANKINGS: readonly Ranking[] = ["CALIBRATED", "RRF", "INTERLEAVED", "COSINE"];
const MODALITIES: readonly Modality[] = ["TEXT", "IMAGE"];
const KINDS: readonly Part["kind"][] = ["text", "document", "url", "picture"];

/** A place as the query of an address; "" at the start. */
export function toAddress({ view, search, documentId, ingestionId }: Place): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string | null, usual = "") => {
    if (value !== null && value !== usual) query.append(name, value);
  };
  set("view", view, START.view);
  set("q", search.words);
  set("weight", String(search.wordsWeight), "1");
  for (const { kind, weight, value } of search.parts) query.append("part", `${kind}:${weight}:${value}`);
  set("modality", search.modality);
  for (const condition of search.conditions) query.append("where", toCondition(condition));
  set("ranking", search.ranking, EMPTY_SEARCH.ranking);
  if (search.relevantOnly) query.append("relevant", "1");
  set("keywords", search.keywords);
  set("diversity", String(search.diversity), "0");
  set("group", search.groupBy);
  set("document", documentId);
  set("ingestion", ingestionId);
  return query.size === 0 ? "" : `?${query}`;
}

/** The place that an address names; what is malformed in it is left out. */
export function fromAddress(address: string): Place {
  const query = new URLSearchParams(address);
  return {
    view: oneOf(VIEWS, query.get("view")) ?? START.view,
    search: readSearch(query),
    documentId: query.get("document"),
    ingestionId: query.get("ingestion"),
  };
}

function readSearch(query: URLSearchParams): SearchState {
  return {
    words: query.get("q") ?? "",
    wordsWeight: weightOf(query.get("weight")),
    parts: query.getAll("part").flatMap(readPart),
    modality: oneOf(MODALITIES, query.get("modality")),
    conditions: query.getAll("where").flatMap(readCondition),
    ranking: oneOf(RANKINGS, query.get("ranking")) ?? EMPTY_SEARCH.ranking,
    relevantOnly: query.get("relevant") === "1",
    keywords: query.get("keywords") ?? "",
    diversity: Math.min(1, Math.max(0, Number(query.get("diversity") ?? 0) || 0)),
    groupBy: query.get("group") ?? "",
  };
}

function readPart(text: string): Part[] {
  const [, kind, weight, value] = /^(\w+):([-\d.]+):(.+)$/s.exec(text) ?? [];
  const known = oneOf(KINDS, kind);
  return known && value ? [{ kind: known, value, weight: weightOf(weight) }] : [];
}

// The key may hold anything, so that it comes last but one and escaped.
const toCondition = ({ comparison, key, value }: Condition): string =>
  `${comparison}:${encodeURIComponent(key)}:${value}`;

function readCondition(text: string): Condition[] {
  const [, comparison, key, value = ""] = /^(\w+):([^:]+):(.*)$/s.exec(text) ?? [];
  const known = oneOf<Comparison>(COMPARISONS, comparison);
  try {
    return known && key ? [{ comparison: known, key: decodeURIComponent(key), value }] : [];
  } catch {
    return [];
  }
}

const weightOf = (text: string | null | undefined): number => Number(text ?? 1) || 1;

const oneOf = <T extends string>(known: readonly T[], text: string | null | undefined): T | null =>
  known.find((one) => one === text) ?? null;
