import { unwrap } from "../../errors";
import type { Document, Vector } from "../../documents/document";
import { dot } from "../../documents/vector";
import { embedTexts } from "../../ingestion/passages/embed-texts";
import type { PassageSize } from "../../ingestion/passages/split-text";
import type { Encoder } from "../../ports/encoder";
import { calibrationOf } from "../../search/ranking/calibration";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import { Ranker } from "../../search/ranking/ranker";
import { wholeSight } from "../../search/sight";
import { recallAt } from "../metrics/metrics";
import { remembered } from "./remembered";
import { longSamples, longText, POSITIONS, type Position } from "./long-texts";

const ASKED = 24;
const FIRST = 10;
const TEXTS_A_CALL = 64;

export interface LongOptions {
  readonly encoder: Pick<Encoder, "textWindow" | "countTokens" | "encodeTexts">;
  readonly calibration: ModelCalibration;
  readonly passages: PassageSize;
  /** Constants are tuned on "tune"; the figures that are told come from "test". */
  readonly split: "tune" | "test";
  /** Of the texts, in tokens, about. */
  readonly lengths: readonly number[];
  /** Told after each length and position. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Recall@10 where the answer is at a position of texts of a length. */
export interface LongScore {
  readonly length: number;
  readonly position: Position;
  readonly passages: number;
  /** Where only the beginning of a text counts. */
  readonly beginning: number;
}

interface Embedded {
  /** Of as much as the model reads at once. */
  readonly vector: Vector;
  /** All of a text that is longer. */
  readonly passages: readonly Vector[];
}

/** How well texts are found by what stands at their start, middle and end, among short texts about other things. */
export async function measureLong(given: LongOptions): Promise<LongScore[]> {
  const options = { ...given, encoder: remembered(given.encoder) };
  const { encoder, split, lengths, onProgress } = options;
  const { asked, others, filling } = longSamples(split, ASKED);
  const tokens = await encoder.countTokens(filling);
  const counted = filling.map((text, i) => ({ text, tokens: tokens[i]! }));
  const queries = (
    await embed(
      encoder,
      asked.map(({ query }) => query),
      "query",
    )
  ).map(({ vector }) => vector);
  const short = (await embed(encoder, others, "document")).map(({ vector }) => ({ vector, passages: [] }));
  const scores: LongScore[] = [];
  for (const length of lengths) {
    for (const position of POSITIONS) {
      const texts = asked.map(({ answer }, i) => longText(answer, position, counted, { length, seed: 17 * i }));
      const long = await embedLong(options, texts);
      const found = (documents: readonly Embedded[]) => recall(queries, [...documents, ...short], options.calibration);
      const beginning = found(long.map(({ vector }) => ({ vector, passages: [] })));
      scores.push({ length, position, passages: found(long), beginning });
      onProgress(scores.length, lengths.length * POSITIONS.length);
    }
  }
  return scores;
}

async function embedLong({ encoder, passages: size }: LongOptions, texts: readonly string[]): Promise<Embedded[]> {
  const beginnings = await embed(encoder, texts, "document");
  const embedded = (await embedTexts(texts, size, encoder)).map(unwrap);
  return embedded.map(({ passages }, i) => ({
    vector: beginnings[i]!.vector,
    passages: passages.map(({ vector }) => vector),
  }));
}

async function embed(encoder: LongOptions["encoder"], texts: readonly string[], role: "query" | "document") {
  const embeddings = [];
  for (let at = 0; at < texts.length; at += TEXTS_A_CALL) {
    embeddings.push(...(await encoder.encodeTexts(texts.slice(at, at + TEXTS_A_CALL), role)).map(unwrap));
  }
  return embeddings;
}

/** Mean recall@10 of queries, each answered by the document of its place. */
function recall(queries: readonly Vector[], documents: readonly Embedded[], model: ModelCalibration): number {
  const own = documents.map(({ vector, passages }) => passages[0] ?? vector);
  const counts = { text: documents.length, image: 0 };
  const calibration = calibrationOf(model, { counts, furtherPassages: 0, documents: { text: own, image: [] } });
  const sum = queries.reduce((total, vector, place) => {
    const ranker = new Ranker("calibrated", [{ kind: "text", vector, weight: 1 }], calibration);
    const [direction] = ranker.directions("text");
    const text = documents.map((one, i) => ({
      document: documentOf(String(i)),
      passage: null,
      sight: wholeSight(nearest(direction!, one)),
    }));
    const ranking = ranker.rank({ text, image: [] }).map(({ document }) => document.id);
    return total + recallAt(FIRST, ranking, new Set([String(place)]));
  }, 0);
  return sum / queries.length;
}

const nearest = (direction: Vector, { vector, passages }: Embedded): Vector =>
  passages.reduce<{ vector: Vector; cosine: number } | null>((best, one) => {
    const cosine = dot(direction, one);
    return best === null || cosine > best.cosine ? { vector: one, cosine } : best;
  }, null)?.vector ?? vector;

/** As much of a document as a ranking looks at. */
const documentOf = (id: string): Document => ({
  id,
  tenant: "",
  key: null,
  metadata: {},
  createdAt: new Date(0),
  contentHash: id,
  modality: "text",
  text: "",
  truncated: false,
});
