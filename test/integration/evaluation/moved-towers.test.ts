import { rmSync } from "node:fs";
import { join } from "node:path";
import { readDataSet } from "../../../src/evaluation/data-set/read-data-set";
import type { DataSet, DataSetDocument } from "../../../src/evaluation/data-set/data-set";
import { evaluateDataSet, type Evaluated } from "../../../src/evaluation/evaluate-data-set";
import { readCalibrationFile } from "../../../src/encoders/calibration-file";
import { startImageDecoder } from "../../../src/images/decode/decoder";
import type { Encoder } from "../../../src/ports/encoder";
import type { ImageDecoder } from "../../../src/ports/image-decoder";
import { drawSamples } from "../../../src/samples/draw-samples";
import { mixedBenchmark } from "../../../src/samples/mixed-benchmark";
import { modelCalibration } from "../../../src/search/ranking/model-calibration";
import { dataSetFolder, QRELS_HEADER } from "../../support/data-set";
import { MINI_CLIP, silent, startTestModel } from "../../support/models";
import { movedEncoder } from "../../support/moved-encoder";

// A model was measured on drawings, and what people store and ask lies elsewhere altogether: both towers' vectors are moved by
// as much as they are long. 200 documents must be enough for all that the ranking promises.

jest.setTimeout(300_000);

const THINGS = 200;
const MOVED_BY = 1;
/** Of what the model does where nothing was moved. */
const LEAST_OF_UNMOVED = 0.95;

let folder: string;
let encoder: Encoder;
let decoder: ImageDecoder;
let all: DataSet;

beforeAll(async () => {
  [encoder, decoder] = await Promise.all([
    startTestModel(MINI_CLIP),
    startImageDecoder({
      processes: 1,
      deadlineMs: 20_000,
      maxImageBytes: 2 ** 20,
      maxImagePixels: 1_000_000,
      maxMemoryBytes: 2 ** 30,
      log: silent,
    }),
  ]);
  folder = await drawnBenchmark();
  all = await readDataSet(folder);
});
afterAll(async () => {
  await Promise.all([encoder.close(), decoder.close()]);
  rmSync(folder, { recursive: true });
});

/** The first things of the benchmark's split "test", and what is asked of them and of things that are not there. */
async function drawnBenchmark(): Promise<string> {
  const { documents, queries, qrels } = mixedBenchmark();
  const things = new Set(documents.filter(({ split }) => split === "test").map(({ thing }) => thing));
  const chosen = new Set([...things].filter((_, i) => i % 2 === 0).slice(0, THINGS));
  const kept = documents.filter(({ thing }) => chosen.has(thing));
  const isAsked = ({ id, split, tag }: (typeof queries)[number]) =>
    split === "test" && tag !== "words" && (tag === "absent" || tag === "elsewhere" || chosen.has(id.split(".")[0]!));
  const asked = queries.filter(isAsked);
  const ids = new Set([...kept, ...asked].map(({ id }) => id));
  const drawings = [...kept, ...asked].flatMap(({ content }) => (content.kind === "image" ? [content.drawing] : []));
  const line = ({ id, content, ...rest }: (typeof kept)[number] | (typeof asked)[number]) =>
    JSON.stringify({
      id,
      ...rest,
      ...(content.kind === "text" ? { text: content.text } : { image: `pictures/${content.drawing.key}.png` }),
    });
  const written = dataSetFolder({
    "documents.ndjson": kept.map(line),
    "queries.ndjson": asked.map(line),
    "qrels.tsv": [
      QRELS_HEADER,
      ...qrels.filter(([query, document]) => ids.has(query) && ids.has(document)).map((one) => one.join("\t")),
    ],
    "dataset.json": [JSON.stringify({ relevantFrom: 3 })],
  });
  await drawSamples(drawings, join(written, "pictures"), () => undefined);
  return written;
}

async function evaluate(length: number, belongs: (document: DataSetDocument) => boolean): Promise<Evaluated> {
  const { general, means } = await readCalibrationFile(join(MINI_CLIP, "calibration.json"), encoder.dimension);
  const calibration = modelCalibration({ ...general!, means: means! });
  const used = length === 0 ? encoder : movedEncoder(encoder, length);
  const documents = all.documents.filter(belongs);
  expect(documents).toHaveLength(200);
  return evaluateDataSet(
    { ...all, documents },
    { name: "moved", encoder: used, decoder, calibration },
    {
      rankings: ["calibrated", "rrf", "cosine"],
      sweeps: false,
      reranking: null,
      seed: 1,
      vectorFolder: join(folder, "vectors"),
      onProgress: () => undefined,
    },
  );
}

const ndcg = ({ report }: Evaluated, task: string, ranking = "calibrated") =>
  report.tasks.find((one) => one.task === task && one.ranking === ranking)!.ndcgAt10;

/** Half of the things as texts, the other half as pictures. */
const isHalf = ({ thing, content }: DataSetDocument) =>
  (all.documents.findIndex((one) => one.thing === thing) % 4 === 0) === (content.kind === "text");

/** A hundred things, each as a text and as a picture. */
const isBoth = ({ thing }: DataSetDocument) => all.documents.findIndex((one) => one.thing === thing) < THINGS;

it("puts texts and pictures into one list as if nothing had been moved", async () => {
  for (const belongs of [isHalf, isBoth]) {
    const [unmoved, moved] = [await evaluate(0, belongs), await evaluate(MOVED_BY, belongs)];
    for (const task of ["t2both", "i2both"]) {
      expect(ndcg(moved, task)).toBeGreaterThan(LEAST_OF_UNMOVED * ndcg(unmoved, task));
      expect(ndcg(moved, task)).toBeGreaterThan(ndcg(moved, task, "cosine") + 0.1);
      const rrf = moved.report.tasks.find((one) => one.task === task && one.ranking === "rrf")!;
      expect(rrf.firstAhead!.high).toBeGreaterThan(0);
    }
  }
});

it("finds little by relevantOnly where there is no answer, and keeps the text where there is one", async () => {
  const { relevance } = (await evaluate(MOVED_BY, isBoth)).report;
  const of = (tag: string) => relevance.find((one) => one.tag === tag && (tag !== "label" || one.answered))!;
  expect(of("absent").hits).toBeLessThan(1.5);
  expect(of("elsewhere").hits).toBeLessThan(0.5);
  expect(of("label").kept.text).toBeGreaterThan(0.85);
});
