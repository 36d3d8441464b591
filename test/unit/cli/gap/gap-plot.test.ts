import { gapPlot } from "../../../../src/cli/gap/plot/gap-plot";
import { principalPlane } from "../../../../src/projection/principal-plane";
import { modalityGap, type ModalityGap } from "../../../../src/search/modality-gap/modality-gap";
import { perModality } from "../../../../src/search/ranking/kinds";
import { GappedVectors } from "../../../support/gapped-vectors";

const COUNT = 40;

let gap: ModalityGap;
beforeAll(async () => {
  const space = new GappedVectors(11);
  const samples = perModality((modality) =>
    space.strangers(modality, COUNT).map((vector, i) => ({ id: `${modality} ${i}`, vector })),
  );
  gap = (await modalityGap({ samples, calibration: null, project: principalPlane }))!;
});

it("draws every text inside the left panel, at one scale both ways", () => {
  const dots = [...gapPlot(gap, "a<b").matchAll(/<circle cx="([\d.-]+)" cy="([\d.-]+)" r="2.6"/g)]
    .map(([, x, y]) => [Number(x), Number(y)] as const)
    .slice(0, COUNT);
  expect(dots).toHaveLength(COUNT);
  for (const [x, y] of dots) expect(x > 44 && x < 444 && y > 44 && y < 394).toBe(true);
  const [first, second] = [gap.projection.points[0]!, gap.projection.points[1]!];
  const [here, there] = dots as [readonly [number, number], readonly [number, number]];
  const scale = (there[0] - here[0]) / (second.x - first.x);
  expect((there[1] - here[1]) / (first.y - second.y) / scale).toBeCloseTo(1, 1);
});

it("draws one panel of cosines, or two where the calibrated ones are known", () => {
  const plain = gapPlot(gap, "a<b");
  expect(plain).toContain("<title>The modality gap of a&lt;b, 40 texts and 40 pictures</title>");
  expect(plain).not.toContain("calibrated");
  expect(gapPlot({ ...gap, calibrated: gap }, "m")).toContain("cosine, calibrated");
  expect(plain).not.toMatch(/NaN|Infinity|undefined/);
});
