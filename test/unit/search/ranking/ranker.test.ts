import { calibrationOf, EMPTY_COLLECTION } from "../../../../src/search/ranking/calibration";
import type { Query } from "../../../../src/search/ranking/query";
import { Ranker } from "../../../../src/search/ranking/ranker";
import type { Ranking } from "../../../../src/search/ranking/ranking";
import { centre, dot, normalise } from "../../../../src/documents/vector";
import { wholeSight } from "../../../../src/search/sight";
import { imageDocument, seen, textDocument } from "../../../support/documents";
import { calibrationFor, GappedVectors } from "../../../support/gapped-vectors";

const RANKINGS: readonly Ranking[] = ["calibrated", "rrf", "interleaved", "cosine"];
const vectors = new GappedVectors(11);
const model = vectors.model(400);
const calibration = calibrationOf(model, EMPTY_COLLECTION);
const topic = vectors.topic();
const query: Query = [{ kind: "text", vector: vectors.about(topic, "text"), weight: 1 }];
const texts = [vectors.about(topic, "text"), ...vectors.strangers("text", 20)];
const pictures = [vectors.about(topic, "image"), ...vectors.strangers("image", 20)];
const candidates = {
  text: seen(texts.map((vector, i) => textDocument(`text ${i}`, { vector }))),
  image: seen(pictures.map((vector, i) => imageDocument(`picture ${i}`, { vector }))),
};
const [text, image] = [candidates.text[0]!.document.id, candidates.image[0]!.document.id];
const rank = (ranking: Ranking, from = candidates) => new Ranker(ranking, query, calibration).rank(from);
const top = (ranking: Ranking) => rank(ranking).map(({ document }) => document.id);

it("buries a matching picture under strange texts by cosine, and does not when calibrated", () => {
  expect(top("cosine").indexOf(image)).toBeGreaterThan(19);
  expect(top("calibrated").slice(0, 2).sort()).toEqual([text, image].sort());
});

it("scores strangers near 0, the nearest fiftieth of them near 1 and answers far above, in both modalities", () => {
  const ranker = new Ranker("calibrated", query, calibration);
  for (const modality of ["text", "image"] as const) {
    const scores = vectors.strangers(modality, 2_000).map((one) => ranker.scorers[modality].score(wholeSight(one)));
    const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length;
    const nearest = scores.sort((a, b) => b - a).slice(0, 40);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(nearest.reduce((sum, one) => sum + one, 0) / 40).toBeCloseTo(1, 0);
    expect(ranker.scorers[modality].score(wholeSight(vectors.about(topic, modality)))).toBeGreaterThan(2);
  }
});

it("tells how unusual a similarity is", () => {
  const { scorers } = new Ranker("calibrated", query, calibration);
  for (const modality of ["text", "image"] as const) {
    const standings = vectors.strangers(modality, 2_000).map((one) => scorers[modality].standing(wholeSight(one)));
    const above = (share: number) => standings.filter((one) => one > share).length / standings.length;
    expect(above(0.5)).toBeCloseTo(0.5, 1);
    expect(above(0.9)).toBeGreaterThan(0.05);
    expect(above(0.9)).toBeLessThan(0.18);
    expect(scorers[modality].standing(wholeSight(vectors.about(topic, modality)))).toBeGreaterThan(0.999);
  }
});

it("alternates between modalities when interleaved", () => {
  const kinds = rank("interleaved").map(({ document }) => document.modality);
  expect(kinds.slice(0, 4)).toEqual(["text", "image", "text", "image"]);
});

it("gives the first of each modality the same score by reciprocal rank", () => {
  expect(
    rank("rrf")
      .map(({ score }) => score)
      .slice(0, 3),
  ).toEqual([1 / 61, 1 / 61, 1 / 62]);
});

it("ranks one modality alone, and nothing at all", () => {
  for (const ranking of RANKINGS) {
    expect(rank(ranking, { text: [], image: candidates.image })).toHaveLength(21);
    expect(rank(ranking, { text: [], image: [] })).toEqual([]);
  }
});

it("gives scores that descend, whatever the ranking", () => {
  for (const ranking of RANKINGS) {
    const ranked = rank(ranking);
    const scores = ranked.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  }
});

it("puts documents of one vector side by side in the order of their ids, each once", () => {
  const same = Array.from({ length: 5 }, (_, i) => textDocument(`again ${i}`, { vector: texts[0]! }));
  for (const ranking of RANKINGS) {
    const ids = rank(ranking, { text: seen([...same].reverse()), image: [] }).map(({ document }) => document.id);
    expect(ids).toEqual(same.map(({ document }) => document.id).sort());
  }
});

describe("a composed query", () => {
  const [blue, away] = [vectors.topic(), vectors.topic()];
  const both = normalise(topic.map((value, i) => value + blue[i]!));
  const part = (about: Float32Array, weight: number, kind: "text" | "image" = "text") => ({
    kind,
    vector: vectors.about(about, kind),
    weight,
  });
  const scoreOf = (parts: Query, about: Float32Array, modality: "text" | "image" = "image") =>
    new Ranker("calibrated", parts, calibration).scorers[modality].score(wholeSight(vectors.about(about, modality)));

  it("of one part is that part, whatever it weighs", () => {
    expect(scoreOf([part(topic, 7)], topic)).toBeCloseTo(scoreOf([part(topic, 1)], topic), 6);
  });

  it("goes by the proportions of weights, however small or large they are", () => {
    const measured = (scale: number) => {
      const parts = [part(topic, scale), part(blue, scale / 2, "image"), part(away, -scale / 4)];
      const { scorers } = new Ranker("calibrated", parts, calibration);
      const [one, ranker] = [pictures[0]!, new Ranker("cosine", parts, calibration)];
      return [
        scorers.image.score(wholeSight(one)),
        scorers.image.standing(wholeSight(one)),
        dot(ranker.directions("image")[0]!, one),
      ];
    };
    const expected = measured(1).map((value) => expect.closeTo(value, 4));
    for (const scale of [1e-300, 1e-4, 100]) expect(measured(scale)).toEqual(expected);
  });

  it("of parts that cancel each other is refused, also where rounding leaves something", () => {
    for (const weights of [
      [1, -1],
      [0.1, 0.2, -0.3],
    ])
      for (const ranking of RANKINGS)
        expect(
          () =>
            new Ranker(
              ranking,
              weights.map((weight) => part(topic, weight)),
              calibration,
            ),
        ).toThrow(
          expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining("cancel each other") }),
        );
  });

  it("prefers what answers all parts, also of different kinds", () => {
    const composed = [part(topic, 1, "image"), part(blue, 1)];
    for (const modality of ["text", "image"] as const) {
      expect(scoreOf(composed, both, modality)).toBeGreaterThan(scoreOf(composed, topic, modality));
      expect(scoreOf(composed, both, modality)).toBeGreaterThan(scoreOf(composed, blue, modality));
    }
  });

  it("leans to the heavier part and away from negative ones", () => {
    expect(scoreOf([part(topic, 3), part(blue, 1)], topic)).toBeGreaterThan(
      scoreOf([part(topic, 3), part(blue, 1)], blue),
    );
    expect(scoreOf([part(topic, 1), part(blue, -0.5)], topic)).toBeGreaterThan(
      scoreOf([part(topic, 1), part(blue, -0.5)], both),
    );
  });

  it("scores strangers as one part does", () => {
    const ranker = new Ranker(
      "calibrated",
      [part(topic, 1), part(blue, 2, "image"), part(vectors.topic(), -1)],
      calibration,
    );
    const { image: scorer } = ranker.scorers;
    const strangers = vectors.strangers("image", 2_000);
    const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(Math.abs(mean(strangers.map((one) => scorer.score(wholeSight(one)))))).toBeLessThan(0.15);
    expect(mean(strangers.map((one) => (scorer.standing(wholeSight(one)) > 0.9 ? 1 : 0)))).toBeLessThan(0.2);
  });
});

describe("a collection's own documents", () => {
  it("change nothing while there are few", () => {
    const few = calibrationFor(model, vectors.strangers("text", 5), []);
    const score = (used: typeof few) => new Ranker("calibrated", query, used).rank(candidates).map((one) => one.score);
    expect(score(few)).toEqual(score(calibration));
  });

  it("move means and background the more the more there are", () => {
    const shifted = Array.from({ length: 200 }, () => vectors.about(vectors.topic(), "image"));
    const shift = (count: number) => {
      const sample = { counts: { text: count, image: 0 }, furtherPassages: 0, documents: { text: shifted, image: [] } };
      return dot(normalise(calibrationOf(model, sample).documentMeans.text), vectors.gap.image);
    };
    expect(shift(3_000)).toBeGreaterThan(shift(300));
    expect(shift(300)).toBeGreaterThan(shift(0));
  });

  it("of one picture among 10,000 texts: the picture that is asked for comes first among equals", () => {
    const many = vectors.strangers("text", 1_000);
    const lonely = calibrationOf(model, {
      counts: { text: 10_000, image: 1 },
      furtherPassages: 0,
      documents: { text: many, image: [pictures[0]!] },
    });
    const ranked = new Ranker("calibrated", query, lonely).rank({
      text: [...candidates.text, ...seen(many.map((vector, i) => textDocument(`many ${i}`, { vector })))],
      image: [candidates.image[0]!],
    });
    expect(
      ranked
        .slice(0, 2)
        .map(({ document }) => document.id)
        .sort(),
    ).toEqual([text, image].sort());
  });

  it("that are all about one thing do not push that thing's pictures out", () => {
    const oneSided = calibrationFor(
      model,
      Array.from({ length: 1_000 }, () =>
        vectors.about(normalise(topic.map((v, i) => v + 0.3 * vectors.topic()[i]!)), "text"),
      ),
      vectors.strangers("image", 200),
    );
    const ranked = new Ranker("calibrated", query, oneSided).rank(candidates).map(({ document }) => document.id);
    expect(ranked.slice(0, 2).sort()).toEqual([text, image].sort());
  });

  it("name the calibration: the same documents the same version, others another", () => {
    const some = vectors.strangers("text", 50);
    expect(calibrationFor(model, some, []).version).toBe(calibrationFor(model, some, []).version);
    expect(calibrationFor(model, some, []).version).not.toBe(calibrationFor(model, some.slice(1), []).version);
  });
});

it("finds candidates with the vector whose order the exact score has", () => {
  const ranker = new Ranker("calibrated", query, calibration);
  const { direction } = ranker.scorers.image;
  const centred = (vector: Float32Array) => dot(direction, centre(vector, calibration.documentMeans.image));
  const ids = rank("calibrated", { text: [], image: candidates.image }).map(({ document }) => document.id);
  const expected = [...candidates.image].sort((a, b) => centred(b.sight.vector!) - centred(a.sight.vector!));
  expect(ids).toEqual(expected.map(({ document }) => document.id));
});
