import type { Passage } from "../../documents/document";

/** Tokens of each text, in order. */
export type CountTokens = (texts: readonly string[]) => Promise<readonly number[]>;

/** A piece that is not cut. */
export interface Piece extends Passage {
  readonly tokens: number;
  /** Whether a paragraph ends with it. */
  readonly endsParagraph: boolean;
}
