import {
  contentHash,
  documentId,
  type EmbeddedDocument,
  type Metadata,
  type Vector,
} from "../../src/documents/document";
import type { Fingerprint } from "../../src/ports/encoder";
import type { Candidate } from "../../src/search/ranking/candidate";
import { wholeSight } from "../../src/search/sight";
import { normalise } from "../../src/documents/vector";

export { randomNumbers } from "../../src/evaluation/metrics/random-numbers";

/** A small fingerprint for tests of stores; `revision` tells collections apart. */
export const testFingerprint = (revision: string, dimension = 8): Fingerprint => ({
  model: "test/random-vectors",
  revision,
  dtype: "fp32",
  dimension,
  preprocessing: "none",
});

export const randomVector = (random: () => number, dimension = 8): Vector =>
  normalise(Float32Array.from({ length: dimension }, () => random() - 0.5));

/** Documents as a ranking takes them. */
export const seen = (documents: readonly EmbeddedDocument[]): Candidate[] =>
  documents.map(({ document, vector }) => ({ document, passage: null, sight: wholeSight(vector) }));

interface Given {
  readonly tenant?: string;
  readonly key?: string | null;
  readonly metadata?: Metadata;
  readonly createdAt?: Date;
  readonly vector: Vector;
}

export function textDocument(text: string, given: Given): EmbeddedDocument {
  const { tenant = "default", key = null, metadata = {}, createdAt = new Date(1_700_000_000_000), vector } = given;
  const hash = contentHash(text);
  const id = documentId(tenant, "text", key, hash);
  const document = { id, tenant, key, metadata, createdAt, contentHash: hash };
  return { document: { ...document, modality: "text", text, truncated: false }, vector };
}

export function imageDocument(name: string, given: Given & { caption?: string | null }): EmbeddedDocument {
  const { tenant = "default", key = null, metadata = {}, createdAt = new Date(1_700_000_000_000), vector } = given;
  const hash = contentHash(`picture ${name}`);
  const fields = { id: documentId(tenant, "image", key, hash), tenant, key, metadata, createdAt, contentHash: hash };
  const picture = { caption: given.caption ?? null, sourceUrl: null, width: 640, height: 480, mediaType: "image/png" };
  return { document: { ...fields, modality: "image", ...picture }, vector };
}
