import type { EmbeddedDocument, EmbeddedPassage, TextDocument, Vector } from "../../documents/document";

/** A text in passages with their vectors. */
export interface LongText {
  /** Two at least; none: it could not be split. */
  readonly passages: readonly EmbeddedPassage[];
  /** Whether some passage was longer than the model reads all the same, where tokens are estimated. */
  readonly truncated: boolean;
}

/** A text as it is stored; in passages, its own vector is that of the first. `vector`: of as much as the model reads. */
export function withPassages(document: TextDocument, vector: Vector, long: LongText | null): EmbeddedDocument {
  if (long === null || long.passages.length === 0) return { document, vector };
  const { passages, truncated } = long;
  return { document: { ...document, truncated }, vector: passages[0]!.vector, passages };
}
