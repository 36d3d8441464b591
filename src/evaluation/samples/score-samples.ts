import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { unwrap } from "../../errors";
import { drawSamples } from "../../samples/draw-samples";
import type { Drawing } from "../../samples/drawing";
import { DRAWINGS } from "../../samples/drawings";
import { unseenColouredThings, unseenThings, type NamedDrawing } from "../../samples/evaluation-set";
import { SENTENCES } from "../../samples/sentences";
import { isRelevant, topicOf, type Topic } from "../../samples/topic";
import { pictureShapeOf, type Encoder } from "../../ports/encoder";
import type { ImageDecoder } from "../../ports/images";
import { calibrationOf, EMPTY_COLLECTION } from "../../search/ranking/calibration";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { Ranking } from "../../search/ranking/ranker";
import { scoreTask, type Item, type Scores, type Task } from "./score-task";

export interface Evaluation {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly calibration: ModelCalibration;
  /** The pictures are drawn into it once. */
  readonly folder: string;
  readonly onProgress: (what: string, done: number, total: number) => void;
}

const ITEMS_A_CALL = 64;

/** Retrieval in every direction, over things in a style that mini-clip never saw and over the demo's samples. */
export async function evaluateModel(evaluation: Evaluation): Promise<Scores[]> {
  const unseen = await namedItems(evaluation, unseenThings());
  const coloured = await namedItems(evaluation, unseenColouredThings());
  const { texts, captions, images } = await sampleItems(evaluation);
  const both = [...texts, ...images];
  const calibration = calibrationOf(evaluation.calibration, EMPTY_COLLECTION);
  const score = <T>(task: Task<T>) => scoreTask(task, calibration);
  return [
    ...[...bothWays("OpenMoji", unseen), ...bothWays("OpenMoji, coloured", coloured)].map(score),
    score(samples("samples: text → image", texts, images)),
    score(samples("samples: image → text", images, texts)),
    score(samples("samples: text → text", captions, texts)),
    score(samples("samples: image → image", images, images)),
    score(samples("samples: text → both", texts, both, "calibrated")),
    score(samples("samples: image → both", images, both, "calibrated")),
    score(samples("samples: text → both, by cosine", texts, both)),
    score(samples("samples: image → both, by cosine", images, both)),
  ];
}

const samples = (
  name: string,
  queries: readonly Item<Topic>[],
  documents: readonly Item<Topic>[],
  ranking: Ranking = "cosine",
): Task<Topic> => ({ name, ranking, queries, documents, isRelevant });

/** Each text has one picture and each picture one text. */
function bothWays(name: string, { texts, images }: Items<number>): Task<number>[] {
  const task = { ranking: "cosine", isRelevant: (query: number, document: number) => query === document } as const;
  return [
    { ...task, name: `${name}: text → image`, queries: texts, documents: images },
    { ...task, name: `${name}: image → text`, queries: images, documents: texts },
  ];
}

interface Items<T> {
  readonly texts: readonly Item<T>[];
  readonly images: readonly Item<T>[];
}

async function namedItems(evaluation: Evaluation, named: readonly NamedDrawing[]): Promise<Items<number>> {
  const texts = await embedTexts(
    evaluation,
    named.map(({ text }, i) => [text, i]),
  );
  const images = await embedDrawings(
    evaluation,
    named.map(({ drawing }, i) => [drawing, i]),
  );
  return { texts, images };
}

/** The demo's samples, and the pictures' captions, which serve as queries only. */
async function sampleItems(evaluation: Evaluation): Promise<Items<Topic> & { captions: readonly Item<Topic>[] }> {
  const named = new Map(DRAWINGS.map((one) => [one.caption, topicOf(one)]));
  const texts = await embedTexts(
    evaluation,
    SENTENCES.map((sentence) => [sentence.text, sentence]),
  );
  const captions = await embedTexts(evaluation, [...named]);
  const images = await embedDrawings(
    evaluation,
    DRAWINGS.map((one) => [one, topicOf(one)]),
  );
  return { texts, captions, images };
}

type WithTopic<C, T> = readonly (readonly [content: C, topic: T])[];

async function embedTexts<T>({ encoder }: Evaluation, texts: WithTopic<string, T>): Promise<Item<T>[]> {
  const contents = texts.map(([text]) => text);
  const embeddings = (await encoder.encodeTexts(contents, "document")).map(unwrap);
  return texts.map(([, topic], i) => ({ kind: "text", vector: embeddings[i]!.vector, topic }));
}

async function embedDrawings<T>(evaluation: Evaluation, drawings: WithTopic<Drawing, T>): Promise<Item<T>[]> {
  const { encoder, decoder, onProgress } = evaluation;
  const first = drawings[0]![0];
  const folder = join(evaluation.folder, `${first.set}-${drawings.length}`);
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
