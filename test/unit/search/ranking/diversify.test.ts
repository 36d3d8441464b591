import { calibrationOf, EMPTY_COLLECTION } from "../../../../src/search/ranking/calibration";
import { diversify } from "../../../../src/search/ranking/diversify";
import { Ranker } from "../../../../src/search/ranking/ranker";
import { imageDocument, seen, textDocument } from "../../../support/documents";
import { GappedVectors } from "../../../support/gapped-vectors";

const vectors = new GappedVectors(31);
const calibration = calibrationOf(vectors.model(), EMPTY_COLLECTION);
const [topic, other] = [vectors.topic(), vectors.topic()];
const mix = (share: number) => topic.map((value, i) => share * value + (1 - share) * other[i]!);
const ranker = new Ranker(
  "calibrated",
  [{ kind: "text", vector: vectors.about(topic, "text"), weight: 1 }],
  calibration,
);
/** Ten times almost the same text and a picture of the same, then others. */
const same = Array.from({ length: 10 }, (_, i) =>
  textDocument(`same ${i}`, { vector: vectors.about(mix(1 - i / 1e4), "text") }),
);
const picture = imageDocument("same", { vector: vectors.about(topic, "image") });
const others = vectors.strangers("text", 10).map((vector, i) => textDocument(`other ${i}`, { vector }));
const ranked = ranker.rank({ text: seen([...same, ...others]), image: seen([picture]) });
const isSame = ({ document }: { document: { id: string } }) => same.some((one) => one.document.id === document.id);
const ids = (hits: readonly { document: { id: string } }[]) => hits.map(({ document }) => document.id);
const spread = (strength: number, count = ranked.length, before: typeof ranked = []) =>
  diversify(
    ranked.filter((hit) => !before.includes(hit)),
    before,
    { strength, count },
    calibration,
  );

it("keeps the order of scores at 0, and the best hit first below 1", () => {
  expect(ids(spread(0))).toEqual(ids(ranked));
  expect(spread(0.5)[0]).toBe(ranked[0]);
});

it("has none to show once all have been shown", () => {
  expect(spread(0.5, 5, ranked)).toEqual([]);
});

it("shows each hit once, as many as are wanted", () => {
  for (const strength of [0, 0.5, 1]) {
    expect(ids(spread(strength)).sort()).toEqual(ids(ranked).sort());
    expect(spread(strength, 4)).toEqual(spread(strength).slice(0, 4));
  }
  expect(diversify([], [], { strength: 0.5, count: 5 }, calibration)).toEqual([]);
});

it("puts what is new before what is almost the same", () => {
  const count = (strength: number) => spread(strength, 6).filter(isSame).length;
  expect(count(0)).toBeGreaterThanOrEqual(5);
  expect(count(1)).toBe(1);
  expect(count(0.7)).toBeLessThan(count(0));
});

it("counts hits that stand before", () => {
  const before = ranked.filter(isSame).slice(0, 1);
  expect(spread(0.8, 1, before).some(isSame)).toBe(false);
});

it("takes a picture and a text of one thing as alike, for all that lies between their modalities", () => {
  const before = ranked.filter(isSame).slice(0, 1);
  expect(
    spread(1, ranked.length, before).findIndex(({ document }) => document.id === picture.document.id),
  ).toBeGreaterThan(5);
});

it("bears hits of one score", () => {
  const equal = ranked.map((hit) => ({ ...hit, score: 1 }));
  expect(ids(diversify(equal, [], { strength: 0.5, count: 30 }, calibration)).sort()).toEqual(ids(ranked).sort());
});
