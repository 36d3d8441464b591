import type { Source } from "../../src/answers/source";
import type { SearchHit } from "../../src/search/search-hit";
import { imageDocument, textDocument } from "./documents";

const vector = Float32Array.of(1);
const hitOf = (document: SearchHit["document"]): SearchHit => ({ document, passage: null }) as unknown as SearchHit;

/** Hits of texts, as far as answers look at them. */
export const textHits = (texts: readonly string[]): SearchHit[] =>
  texts.map((text) => hitOf(textDocument(text, { vector }).document));

export const imageHit = (name: string, caption: string | null = null): SearchHit =>
  hitOf(imageDocument(name, { vector, caption }).document);

/** Sources of these texts, numbered from 1. */
export const textSources = (...texts: string[]): Source[] =>
  textHits(texts).map((hit, i) => ({ number: i + 1, hit, text: texts[i]!, isCut: false, picture: null }));
