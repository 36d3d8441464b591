import type { Ask } from "./graphql-client";
import { pictureCalls, type ImageToIngest } from "./picture-calls";
import { showProgress } from "./terminal";

export interface TextToIngest {
  readonly key: string;
  readonly text: string;
  readonly metadata: object;
}

type Result = { readonly __typename: string; readonly index?: number; readonly message?: string };

const TEXTS_A_CALL = 100;
const RESULTS = "results { __typename ... on IngestFailure { index code message } }";
const INGEST_TEXTS = `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { ${RESULTS} } }`;
const INGEST_IMAGES = `mutation ($input: [ImageInput!]!) { ingestImages(input: $input) { ${RESULTS} } }`;
const KEYS = `query ($keys: [String!]!, $first: Int!) {
  documents(where: { key: { in: $keys } }, first: $first) { nodes { ... on StoredDocument { key } } }
}`;

/** Stores texts that are not there yet; returns how many were new. Throws when one is refused. */
export async function ingestTexts(ask: Ask, texts: readonly TextToIngest[]): Promise<number> {
  const missing = await withoutStored(ask, texts);
  for (let at = 0; at < missing.length; at += TEXTS_A_CALL) {
    const input = missing.slice(at, at + TEXTS_A_CALL);
    const { ingestTexts: payload } = await ask<{ ingestTexts: { results: Result[] } }>(INGEST_TEXTS, { input });
    const failure = payload.results.find(({ message }) => message);
    if (failure) throw new Error(`A sample was refused: ${failure.message}`);
    showProgress("Storing texts", at + input.length, missing.length);
  }
  return missing.length;
}

/** Stores pictures that are not there yet; returns how many were new, and why others could not be, by key. */
export async function ingestImages(
  ask: Ask,
  images: readonly ImageToIngest[],
): Promise<{ added: number; refused: Map<string, string> }> {
  const missing = await withoutStored(ask, images);
  const refused = new Map<string, string>();
  let done = 0;
  for await (const { input, unread } of pictureCalls(missing)) {
    for (const { key, message } of unread) refused.set(key, message);
    const results = input.length === 0 ? [] : await sendImages(ask, input);
    for (const { index, message } of results) if (message) refused.set(input[index!]!.key, message);
    done += input.length + unread.length;
    showProgress("Storing pictures", done, missing.length);
  }
  return { added: missing.length - refused.size, refused };
}

async function sendImages(ask: Ask, input: readonly object[]): Promise<Result[]> {
  const { ingestImages: payload } = await ask<{ ingestImages: { results: Result[] } }>(INGEST_IMAGES, { input });
  return payload.results;
}

async function withoutStored<T extends { key: string }>(ask: Ask, items: readonly T[]): Promise<T[]> {
  const stored = new Set<string>();
  for (let at = 0; at < items.length; at += TEXTS_A_CALL) {
    const keys = items.slice(at, at + TEXTS_A_CALL).map(({ key }) => key);
    const { documents } = await ask<{ documents: { nodes: { key: string }[] } }>(KEYS, { keys, first: keys.length });
    for (const { key } of documents.nodes) stored.add(key);
  }
  return items.filter(({ key }) => !stored.has(key));
}
