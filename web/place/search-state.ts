import type { Modality, Ranking } from "../generated/operations";

/** One part of a composed query beside the words in the search bar. */
export interface Part {
  /** `value`: words, a document's id, an http(s) address of a picture, or the token of a picture that was handed in. */
  readonly kind: "text" | "document" | "url" | "picture";
  readonly value: string;
  /** Below 0 it pushes away; never 0. */
  readonly weight: number;
}

export const COMPARISONS = ["equals", "startsWith", "contains", "greaterThan", "lessThan", "exists"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A condition on a key of the metadata; `value` as it was typed. */
export interface Condition {
  readonly key: string;
  readonly comparison: Comparison;
  readonly value: string;
}

/** All that a search is made of; the address of the page says the same. */
export interface SearchState {
  readonly words: string;
  readonly wordsWeight: number;
  readonly parts: readonly Part[];
  /** Null: texts and pictures. */
  readonly modality: Modality | null;
  readonly conditions: readonly Condition[];
  readonly ranking: Ranking;
  readonly relevantOnly: boolean;
  readonly keywords: string;
  /** 0 to 1. */
  readonly diversity: number;
  /** A key of the metadata; "": no groups. */
  readonly groupBy: string;
}

export const EMPTY_SEARCH: SearchState = {
  words: "",
  wordsWeight: 1,
  parts: [],
  modality: null,
  conditions: [],
  ranking: "CALIBRATED",
  relevantOnly: false,
  keywords: "",
  diversity: 0,
  groupBy: "",
};

/** Whether there is something to look for. */
export const isAsking = ({ words, parts }: SearchState): boolean => words.trim() !== "" || parts.length > 0;
