import { calibrationOf, EMPTY_COLLECTION } from "../../../../src/search/ranking/calibration";
import { Ranker } from "../../../../src/search/ranking/ranker";
import type { Ranking } from "../../../../src/search/ranking/ranking";
import { hasText } from "../../../../src/search/ranking/with-keywords";
import { imageDocument, seen, textDocument } from "../../../support/documents";
import { GappedVectors } from "../../../support/gapped-vectors";

const vectors = new GappedVectors(23);
const calibration = calibrationOf(vectors.model(), EMPTY_COLLECTION);
const topic = vectors.topic();
const ranker = (ranking: Ranking) =>
  new Ranker(ranking, [{ kind: "text", vector: vectors.about(topic, "text"), weight: 1 }], calibration);
const answer = textDocument("answer", { vector: vectors.about(topic, "text") });
const worded = textDocument("worded", { vector: vectors.strangers("text", 1)[0]! });
const strangers = vectors.strangers("text", 20).map((vector, i) => textDocument(`text ${i}`, { vector }));
const bare = imageDocument("bare", { vector: vectors.about(topic, "image") });
const captioned = imageDocument("captioned", { caption: "words", vector: vectors.strangers("image", 1)[0]! });
const candidates = { text: seen([answer, worded, ...strangers]), image: seen([bare, captioned]) };
const idOf = (one: typeof answer) => one.document.id;
const ranked = (ranking: Ranking, scores: Record<string, number> | null) =>
  ranker(ranking).rank(candidates, scores && new Map(Object.entries(scores)));

describe.each<Ranking>(["calibrated", "rrf"])("%s", (ranking) => {
  const plain = new Map(ranked(ranking, null).map((hit) => [hit.document.id, hit]));
  const hits = ranked(ranking, { [idOf(worded)]: 4, [idOf(captioned)]: 2 });
  const hit = (one: typeof answer) => hits.find(({ document }) => document.id === idOf(one))!;

  it("leaves pictures without a caption as they are", () => {
    expect(hit(bare)).toMatchObject({ score: plain.get(idOf(bare))!.score, keywordScore: null, keywordShare: 0 });
  });

  it("halves the meaning of what has text and adds what its words are worth", () => {
    for (const one of hits.filter(({ document }) => hasText(document)))
      expect(one.score).toBeCloseTo(plain.get(one.document.id)!.score / 2 + one.keywordShare!, 9);
  });

  it("gives the best match the most, others less, and documents without the words nothing", () => {
    expect(hit(worded).keywordShare).toBeGreaterThan(hit(captioned).keywordShare!);
    expect(hit(captioned).keywordShare).toBeGreaterThan(0);
    expect(hit(strangers[0]!)).toMatchObject({ keywordScore: null, keywordShare: 0 });
    const places = hits.filter(({ document }) => hasText(document)).map(({ document }) => document.id);
    expect(places.indexOf(idOf(worded))).toBeLessThan(2);
  });

  it("does the same whatever the scale of the words' scores is", () => {
    const scaled = ranked(ranking, { [idOf(worded)]: 400, [idOf(captioned)]: 200 });
    expect(scaled.map(({ score }) => score)).toEqual(hits.map(({ score }) => expect.closeTo(score, 9)));
  });

  it("leaves all as they are where no document has the words", () => {
    const scores = (all: typeof hits) => all.map(({ document, score }) => [document.id, score]);
    expect(scores(ranked(ranking, {}))).toEqual(scores(ranked(ranking, null)));
  });
});

it("gives the best match something where no text means what is looked for", () => {
  const only = { text: seen([worded]), image: [] };
  const [hit] = ranker("calibrated").rank(only, new Map([[idOf(worded), 3]]));
  expect(hit!.keywordShare).toBeGreaterThanOrEqual(0.5);
});
