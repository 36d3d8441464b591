import type { Ask } from "./graphql-client";
import { showProgress } from "./terminal";

export interface TextToIngest {
  readonly key: string;
  readonly text: string;
}

export interface ImageToIngest {
  readonly key: string;
  readonly caption: string | null;
  read(): Promise<Uint8Array>;
}

type Result = { readonly __typename: string; readonly index?: number; readonly message?: string };

const TEXTS_A_CALL = 100;
const IMAGES_A_CALL = 20;
const RESULTS = "results { __typename ... on IngestFailure { index code message } }";
const INGEST_TEXTS = `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { ${RESULTS} } }`;
const INGEST_IMAGES = `mutation ($input: [ImageInput!]!) { ingestImages(input: $input) { ${RESULTS} } }`;
const KEYS = `query ($keys: [String!]!, $first: Int!) {
  documents(where: { key: { in: $keys } }, first: $first) { nodes { ... on StoredDocument { key } } }
}`;

/** Stores texts that are not there yet; returns how many were new. Throws when one is refused. */
export async function ingestTexts(ask: Ask, texts: readonly TextToIngest[]): Promise<number> {
  const missing = await withoutStored(ask, texts);
  await inCalls(missing, TEXTS_A_CALL, "texts", async (part) => {
    const { ingestTexts: payload } = await ask<{ ingestTexts: { results: Result[] } }>(INGEST_TEXTS, { input: part });
    return payload.results;
  });
  return missing.length;
}

/** Stores pictures that are not there yet; returns how many were new and what was refused, by key. */
export async function ingestImages(
  ask: Ask,
  images: readonly ImageToIngest[],
): Promise<{ added: number; refused: string[] }> {
  const missing = await withoutStored(ask, images);
  const refused: string[] = [];
  await inCalls(missing, IMAGES_A_CALL, "pictures", async (part) => {
    const input = await Promise.all(
      part.map(async ({ key, caption, read }) => ({
        key,
        caption,
        image: { base64: Buffer.from(await read()).toString("base64") },
      })),
    );
    const { ingestImages: payload } = await ask<{ ingestImages: { results: Result[] } }>(INGEST_IMAGES, { input });
    for (const { index, message } of payload.results) if (message) refused.push(`${part[index!]!.key}: ${message}`);
    return [];
  });
  return { added: missing.length - refused.length, refused };
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

async function inCalls<T>(
  items: readonly T[],
  perCall: number,
  what: string,
  send: (part: readonly T[]) => Promise<Result[]>,
): Promise<void> {
  for (let at = 0; at < items.length; at += perCall) {
    const failure = (await send(items.slice(at, at + perCall))).find(({ message }) => message);
    if (failure) throw new Error(`A sample was refused: ${failure.message}`);
    showProgress(`Storing ${what}`, Math.min(at + perCall, items.length), items.length);
  }
}
