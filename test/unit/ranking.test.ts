import { calibrationOf, refine } from "../../src/search/ranking/calibration";
import { rank, type Ranking } from "../../src/search/ranking/ranker";
import { dot, normalise } from "../../src/search/vector";
import { imageDocument, randomNumbers, randomVector, textDocument } from "../support/documents";

const random = randomNumbers(11);
const DIMENSION = 32;
const gap = { text: randomVector(random, DIMENSION), image: randomVector(random, DIMENSION) };
/** A vector that is mostly its modality's mean, as CLIP's are. */
const shifted = (modality: "text" | "image", direction = randomVector(random, DIMENSION), share = 0.5) =>
  normalise(direction.map((value, i) => share * value + gap[modality][i]!));

const samples = {
  text: Array.from({ length: 400 }, () => shifted("text")),
  image: Array.from({ length: 400 }, () => shifted("image", undefined, 0.3)),
};
const calibration = calibrationOf(samples);

const topic = randomVector(random, DIMENSION);
const query = { kind: "text" as const, vector: shifted("text", topic) };
const candidates = {
  text: [
    textDocument("matching", { vector: shifted("text", topic) }),
    ...Array.from({ length: 20 }, (_, i) => textDocument(`stranger ${i}`, { vector: shifted("text") })),
  ],
  image: [
    imageDocument("matching", { vector: shifted("image", topic, 0.3) }),
    ...Array.from({ length: 20 }, (_, i) =>
      imageDocument(`stranger ${i}`, { vector: shifted("image", undefined, 0.3) }),
    ),
  ],
};
const top = (ranking: Ranking) => rank(ranking, query, candidates, calibration).map(({ document }) => document.id);
const [text, image] = [candidates.text[0]!.document.id, candidates.image[0]!.document.id];

it("buries a matching picture under strange texts by cosine, and does not when calibrated", () => {
  expect(top("cosine").indexOf(image)).toBeGreaterThan(19);
  expect(top("calibrated").slice(0, 2).sort()).toEqual([text, image].sort());
});

it("alternates between modalities when interleaved", () => {
  expect(
    rank("interleaved", query, candidates, calibration)
      .slice(0, 4)
      .map(({ document }) => document.modality),
  ).toEqual(["text", "image", "text", "image"]);
});

it("gives the first of each modality the same score by reciprocal rank", () => {
  const [first, second, third] = rank("rrf", query, candidates, calibration);
  expect([first!.score, second!.score]).toEqual([1 / 61, 1 / 61]);
  expect(third!.score).toBe(1 / 62);
});

it("ranks one modality alone, and nothing at all", () => {
  for (const ranking of ["calibrated", "rrf", "interleaved", "cosine"] as const) {
    expect(rank(ranking, query, { text: [], image: candidates.image }, calibration)).toHaveLength(21);
    expect(rank(ranking, query, { text: [], image: [] }, calibration)).toEqual([]);
  }
});

it("scores descend whatever the ranking, and cosines are the model's", () => {
  for (const ranking of ["calibrated", "rrf", "interleaved", "cosine"] as const) {
    const ranked = rank(ranking, query, candidates, calibration);
    const scores = ranked.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { cosine, vector } of ranked) expect(cosine).toBeCloseTo(dot(query.vector, vector), 6);
  }
});

it("leaves a calibration alone for a handful of documents and moves it for many", () => {
  const few = { text: samples.text.slice(0, 5), image: [] };
  expect(refine(calibration, few, { text: 5, image: 0 })).toEqual(calibration);
  const other = Array.from({ length: 300 }, () => shifted("image"));
  const moved = refine(calibration, { text: other, image: [] }, { text: 9_000, image: 0 });
  expect(dot(normalise(moved.documentMeans.text), gap.image)).toBeGreaterThan(
    dot(normalise(calibration.documentMeans.text), gap.image),
  );
  expect(moved.documentMeans.image).toEqual(calibration.documentMeans.image);
});
