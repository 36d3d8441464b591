import { readFile } from "node:fs/promises";
import { failed, succeeded, type Outcome } from "../../errors";
import type { Modality, Vector } from "../../documents/document";
import { pictureShapeOf, type Embedding, type Encoder, type EncodingRole, type Pixels } from "../../ports/encoder";
import type { ImageDecoder } from "../../ports/image-decoder";
import type { Content } from "../data-set/data-set";
import { vectorKey, type VectorCache } from "./vector-cache";

export interface EmbeddingTools {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly cache: VectorCache;
  /** Called with how many more are done. */
  readonly onProgress: (more: number) => void;
}

const ITEMS_A_CALL = 64;

/** A vector for each content, in its order; what the cache does not have yet is embedded and added to it. */
export async function embedContents(
  contents: readonly Content[],
  role: EncodingRole,
  tools: EmbeddingTools,
): Promise<Outcome<Vector>[]> {
  const vectors: Outcome<Vector>[] = [];
  for (const kind of ["text", "image"] as const) {
    const places = contents.flatMap((content, i) => (content.kind === kind ? [i] : []));
    for (let at = 0; at < places.length; at += ITEMS_A_CALL) {
      const part = places.slice(at, at + ITEMS_A_CALL);
      const found = await embedPart(await Promise.all(part.map((i) => bytesOf(contents[i]!))), kind, role, tools);
      part.forEach((place, i) => (vectors[place] = found[i]!));
      tools.onProgress(part.length);
    }
  }
  return vectors;
}

const bytesOf = (content: Content): Promise<Uint8Array> =>
  content.kind === "text" ? Promise.resolve(Buffer.from(content.text)) : readFile(content.path);

async function embedPart(
  files: readonly Uint8Array[],
  kind: Modality,
  role: EncodingRole,
  { encoder, decoder, cache }: EmbeddingTools,
): Promise<Outcome<Vector>[]> {
  const keys = files.map((content) => vectorKey({ kind, role, content }));
  const missing = [...new Map(keys.map((key, i) => [key, files[i]!]))].filter(([key]) => cache.get(key) === undefined);
  const made = new Map<string, Outcome<Embedding>>();
  if (missing.length > 0) {
    const contents = missing.map(([, content]) => content);
    const found = await (kind === "text" ? encodeTexts(contents) : encodeImages(contents));
    missing.forEach(([key], i) => made.set(key, found[i]!));
    await cache.add([...made].flatMap(([key, one]) => (one.ok ? [[key, one.value.vector] as const] : [])));
  }
  return keys.map((key) => {
    const one = made.get(key);
    return one?.ok === false ? one : succeeded(cache.get(key)!);
  });

  function encodeTexts(texts: readonly Uint8Array[]): Promise<Outcome<Embedding>[]> {
    return encoder.encodeTexts(
      texts.map((text) => Buffer.from(text).toString()),
      role,
    );
  }

  async function encodeImages(pictures: readonly Uint8Array[]): Promise<Outcome<Embedding>[]> {
    const decoded = await decoder.decode(pictures, pictureShapeOf(encoder));
    const pixels = decoded.flatMap((one): Pixels[] => (one.ok ? [one.value.pixels] : []));
    const embeddings = await encoder.encodeImages(pixels, role);
    let next = 0;
    return decoded.map((one) => (one.ok ? embeddings[next++]! : failed(one.error)));
  }
}
