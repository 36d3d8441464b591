import { principalPlane } from "../../../../src/projection/principal-plane";
import type { Modality, Vector } from "../../../../src/documents/document";
import type { SampledVector } from "../../../../src/ports/document-store";
import { gapMeasures } from "../../../../src/search/modality-gap/gap-measures";
import { modalityGap } from "../../../../src/search/modality-gap/modality-gap";
import { perModality } from "../../../../src/search/ranking/kinds";
import { calibrationFor, GappedVectors } from "../../../support/gapped-vectors";

const degrees = (angle: number) => (angle * Math.PI) / 180;

/** Unit vectors on a cone of 30 degrees around an axis of three dimensions. */
function cone(axis: 0 | 1 | 2, count: number): Vector[] {
  return Array.from({ length: count }, (_, i) => {
    const vector = new Float32Array(3);
    vector[axis] = Math.cos(degrees(30));
    vector[(axis + 1) % 3] = Math.sin(degrees(30)) * Math.cos((2 * Math.PI * i) / count);
    vector[(axis + 2) % 3] = Math.sin(degrees(30)) * Math.sin((2 * Math.PI * i) / count);
    return vector;
  });
}

it("tells distance and cosine of the means, angles and mean cosines of cones at right angles", async () => {
  const gap = await gapMeasures({ text: cone(0, 24), image: cone(1, 36) });
  expect(gap.centroidDistance).toBeCloseTo(Math.SQRT2 * Math.cos(degrees(30)), 5);
  expect(gap.centroidCosine).toBeCloseTo(0, 5);
  expect(gap.coneAngle.text).toBeCloseTo(30, 3);
  expect(gap.coneAngle.image).toBeCloseTo(30, 3);
  // Over ordered pairs the mean cosine is the mean's length squared; each vector with itself is no pair.
  expect(gap.withinText.mean).toBeCloseTo((24 * 0.75 - 1) / 23, 5);
  expect(gap.withinImage.mean).toBeCloseTo((36 * 0.75 - 1) / 35, 5);
  expect(gap.across.mean).toBeCloseTo(0, 5);
});

const space = new GappedVectors(3);
const model = space.model();
const sampled = (modality: Modality, count: number): SampledVector[] =>
  space.strangers(modality, count).map((vector, i) => ({ id: `${modality} ${i}`, vector }));

it("finds the gap that was made, and next to none after calibration", async () => {
  const samples = { text: sampled("text", 200), image: sampled("image", 150) };
  const [text, image] = [samples.text.map(({ vector }) => vector), samples.image.map(({ vector }) => vector)];
  const source = { samples, calibration: calibrationFor(model, text, image), project: principalPlane };
  const gap = (await modalityGap(source))!;
  expect(gap.sampled).toEqual({ text: 200, image: 150 });
  expect(gap.centroidDistance).toBeGreaterThan(0.8);
  expect(gap.calibrated!.centroidDistance).toBeLessThan(0.25);
  expect(gap.across.mean).toBeLessThan(gap.withinText.mean - 0.5);
  expect(Math.abs(gap.calibrated!.across.mean - gap.calibrated!.withinText.mean)).toBeLessThan(0.05);
  const { points } = gap.projection;
  expect(points.map(({ id, modality }) => [id, modality])).toEqual([
    ...samples.text.map(({ id }) => [id, "text"]),
    ...samples.image.map(({ id }) => [id, "image"]),
  ]);
  // Texts are left of pictures, all of them, since the gap is what differs most.
  const xOf = (modality: Modality) => points.filter((point) => point.modality === modality).map(({ x }) => x);
  expect(Math.max(...xOf("text"))).toBeLessThan(Math.min(...xOf("image")));
  expect(await modalityGap(source)).toEqual(gap);
});

it("says nothing of fewer than 16 of either, and of calibration only where it is known", async () => {
  const measured = (text: number, image: number) =>
    modalityGap({
      samples: { text: sampled("text", text), image: sampled("image", image) },
      calibration: null,
      project: principalPlane,
    });
  expect(await measured(15, 200)).toBeNull();
  expect(await measured(200, 0)).toBeNull();
  expect((await measured(16, 16))!.calibrated).toBeNull();
});

it("stays finite where all documents are one and the same", async () => {
  const vector = Float32Array.of(0.6, 0.8);
  const samples = perModality((modality) => Array.from({ length: 16 }, (_, i) => ({ id: `${modality} ${i}`, vector })));
  const gap = (await modalityGap({ samples, calibration: null, project: principalPlane }))!;
  expect(gap.centroidDistance).toBeCloseTo(0, 5);
  expect(gap.across.histogram).toEqual([{ from: 0.98, to: 1, share: 1 }]);
  const numbers = gap.projection.points.flatMap(({ x, y }) => [x, y]);
  expect(numbers.every((value) => Math.abs(value) < 1e-5)).toBe(true);
  expect(gap.centroidCosine).toBe(1);
  // JSON has null for what is not a number.
  expect(JSON.stringify({ ...gap, calibrated: "unknown" })).not.toContain("null");
});
