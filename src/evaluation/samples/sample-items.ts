import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { unwrap } from "../../errors";
import { pictureShapeOf, type Encoder } from "../../ports/encoder";
import type { ImageDecoder } from "../../ports/image-decoder";
import { drawSamples } from "../../samples/draw-samples";
import type { Drawing } from "../../samples/drawing";
import { DRAWINGS } from "../../samples/drawings";
import type { NamedDrawing } from "../../samples/evaluation-set";
import { SENTENCES } from "../../samples/sentences";
import { topicOf, type Topic } from "../../samples/topic";
import type { Item } from "./score-task";

/** What draws samples and makes vectors of them. */
export interface SampleTools {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  /** The pictures are drawn into it once. */
  readonly folder: string;
  /** Told after every batch: "Drawing pictures", 64 of 182. */
  readonly onProgress: (what: string, done: number, total: number) => void;
}

export interface Items<T> {
  readonly texts: readonly Item<T>[];
  readonly images: readonly Item<T>[];
}

const ITEMS_A_CALL = 64;

/** Things as a text and as a picture each; their topic is their place. */
export async function namedItems(tools: SampleTools, named: readonly NamedDrawing[]): Promise<Items<number>> {
  const texts = await embedTexts(
    tools,
    named.map(({ text }, i) => [text, i]),
  );
  const images = await embedDrawings(
    tools,
    named.map(({ drawing }, i) => [drawing, i]),
  );
  return { texts, images };
}

/** The demo's samples, and the pictures' captions, which serve as queries only. */
export async function demoItems(tools: SampleTools): Promise<Items<Topic> & { captions: readonly Item<Topic>[] }> {
  const named = new Map(DRAWINGS.map((one) => [one.caption, topicOf(one)]));
  const texts = await embedTexts(
    tools,
    SENTENCES.map((sentence) => [sentence.text, sentence]),
  );
  const captions = await embedTexts(tools, [...named]);
  const images = await embedDrawings(
    tools,
    DRAWINGS.map((one) => [one, topicOf(one)]),
  );
  return { texts, captions, images };
}

type WithTopic<C, T> = readonly (readonly [content: C, topic: T])[];

async function embedTexts<T>({ encoder }: SampleTools, texts: WithTopic<string, T>): Promise<Item<T>[]> {
  const contents = texts.map(([text]) => text);
  const embeddings = (await encoder.encodeTexts(contents, "document")).map(unwrap);
  return texts.map(([, topic], i) => ({ kind: "text", vector: embeddings[i]!.vector, topic }));
}

async function embedDrawings<T>(tools: SampleTools, drawings: WithTopic<Drawing, T>): Promise<Item<T>[]> {
  const { encoder, decoder, onProgress } = tools;
  const first = drawings[0]![0];
  const folder = join(tools.folder, `${first.set}-${drawings.length}`);
  await drawSamples(
    drawings.map(([one]) => one),
    folder,
    (done, total) => onProgress("Drawing pictures", done, total),
  );
  const items: Item<T>[] = [];
  for (let at = 0; at < drawings.length; at += ITEMS_A_CALL) {
    const part = drawings.slice(at, at + ITEMS_A_CALL);
    const files = await Promise.all(part.map(([{ key }]) => readFile(join(folder, `${key}.png`))));
    const pixels = (await decoder.decode(files, pictureShapeOf(encoder))).map((one) => unwrap(one).pixels);
    const embeddings = (await encoder.encodeImages(pixels, "document")).map(unwrap);
    items.push(...part.map(([, topic], i) => ({ kind: "image" as const, vector: embeddings[i]!.vector, topic })));
    onProgress("Embedding pictures", items.length, drawings.length);
  }
  return items;
}
