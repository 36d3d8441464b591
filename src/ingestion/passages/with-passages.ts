import type { EmbeddedDocument, EmbeddedPassage, TextDocument, Vector } from "../../documents/document";

/**
 * A text as it is stored. In passages nothing of it is cut off, and its own vector is that of the first. `vector`: of as much
 * as the model reads at once.
 */
export const withPassages = (
  document: TextDocument,
  vector: Vector,
  passages: readonly EmbeddedPassage[],
): EmbeddedDocument =>
  passages.length === 0
    ? { document, vector }
    : { document: { ...document, truncated: false }, vector: passages[0]!.vector, passages };
