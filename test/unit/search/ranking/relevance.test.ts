import { calibrationOf } from "../../../../src/search/ranking/calibration";
import { Ranker } from "../../../../src/search/ranking/ranker";
import { isRelevant } from "../../../../src/search/ranking/relevance";
import { imageDocument, seen, textDocument } from "../../../support/documents";
import { GappedVectors } from "../../../support/gapped-vectors";

const vectors = new GappedVectors(41);
const model = vectors.model();
const query = [{ kind: "text", vector: vectors.about(vectors.topic(), "text"), weight: 1 }] as const;
const texts = vectors.strangers("text", 400).map((vector, i) => textDocument(`text ${i}`, { vector }));
const images = vectors.strangers("image", 400).map((vector, i) => imageDocument(`picture ${i}`, { vector }));

/** How many of 400 strangers of each modality are taken for answers in a collection of this size. */
function relevant(count: number, furtherPassages: number): { text: number; image: number } {
  const counts = { text: count, image: count };
  const calibration = calibrationOf(model, { counts, furtherPassages, documents: { text: [], image: [] } });
  const ranker = new Ranker("calibrated", query, calibration);
  const hits = ranker.rank({ text: seen(texts), image: seen(images) }).filter((hit) => isRelevant(hit, ranker));
  const ofModality = (modality: string) => hits.filter(({ document }) => document.modality === modality).length;
  return { text: ofModality("text"), image: ofModality("image") };
}

it("fewer strangers are taken for answers, the larger the collection is", () => {
  const [small, large] = [relevant(100, 0), relevant(10_000, 0)];
  expect(small.text).toBeGreaterThan(large.text);
  expect(large.text).toBeLessThanOrEqual(1);
});

it("passages of long texts have a chance each, as documents have", () => {
  expect(relevant(100, 9_900).text).toBe(relevant(10_000, 0).text);
  expect(relevant(100, 9_900).image).toBe(relevant(100, 0).image);
});
