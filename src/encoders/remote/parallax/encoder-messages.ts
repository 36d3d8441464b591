import { createHash } from "node:crypto";
import type { EncodingRole, Fingerprint, PictureShape } from "../../../ports/encoder";

/** Of the messages below: another one is not understood. */
export const PROTOCOL_VERSION = 1;

/** A model as it is served. */
export interface EncoderDescription {
  readonly fingerprint: Fingerprint;
  /** How pictures are to be prepared; null: the model takes texts only. */
  readonly picture: PictureShape | null;
  /** How many tokens of a document it reads; null: it does not tell, and counts none. */
  readonly textWindow: number | null;
}

/** The answer to `GET …/encoder/v1`, in JSON. */
export type DescriptionAnswer = EncoderDescription & { readonly version: typeof PROTOCOL_VERSION };

/** Header of the body of `POST …/encoder/v1/embed`. `model`: of which the vectors are to be, see `modelKey`. */
export type EmbedRequest = { readonly model: string; readonly role: EncodingRole } & (
  | { readonly kind: "texts"; readonly texts: readonly string[] }
  /** The payload has `count` pictures, RGB, `side` × `side`, one after another. */
  | { readonly kind: "images"; readonly count: number; readonly side: number }
);

/** One item's failure, or whether it was longer than the model reads. */
export type EmbedOutcome =
  | { readonly truncated: boolean }
  | { readonly error: { readonly code: string; readonly message: string; readonly retryable: boolean } };

/** Header of the body of `POST …/encoder/v1/tokens`, answered with TokensAnswer in JSON. */
export interface TokensRequest {
  readonly model: string;
  readonly texts: readonly string[];
}

/** Tokens of each text, in order. */
export interface TokensAnswer {
  readonly tokens: readonly number[];
}

/** Header of the answer. The payload has the vectors of those that did not fail, in order, as little-endian 32-bit floats. */
export interface EmbedAnswer {
  readonly outcomes: readonly EmbedOutcome[];
}

/** A fingerprint in short. */
export const modelKey = ({ model, revision, dtype, dimension, preprocessing }: Fingerprint): string =>
  createHash("sha256")
    .update(JSON.stringify([model, revision, dtype, dimension, preprocessing]))
    .digest("hex")
    .slice(0, 16);
