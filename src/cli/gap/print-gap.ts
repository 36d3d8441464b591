import type { CosineDistribution } from "../../search/modality-gap/cosine-distribution";
import type { GapMeasures } from "../../search/modality-gap/gap-measures";
import type { ModalityGap } from "../../search/modality-gap/modality-gap";
import { say } from "../terminal";

const WIDTHS = [34, 20, 20];
const figure = (value: number): string => value.toFixed(3);
const row = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => cell.padEnd(WIDTHS[i]!))
    .join("")
    .trimEnd();

/** What the table has in its rows, in their order. */
const ROWS: readonly (readonly [name: string, of: (measures: GapMeasures) => string])[] = [
  ["distance of the means", ({ centroidDistance }) => figure(centroidDistance)],
  ["cosine of the means", ({ centroidCosine }) => figure(centroidCosine)],
  ["cosine of two texts, mean", ({ withinText }) => figure(withinText.mean)],
  ["  90 % are from", ({ withinText }) => middle(withinText)],
  ["cosine of two pictures, mean", ({ withinImage }) => figure(withinImage.mean)],
  ["  90 % are from", ({ withinImage }) => middle(withinImage)],
  ["cosine of text and picture, mean", ({ across }) => figure(across.mean)],
  ["  90 % are from", ({ across }) => middle(across)],
  ["angle of texts to their mean", ({ coneAngle }) => `${coneAngle.text.toFixed(1)}°`],
  ["angle of pictures to their mean", ({ coneAngle }) => `${coneAngle.image.toFixed(1)}°`],
];

/** Prints the figures as a table: as the model has them and, where known, calibrated. */
export function printGap({ sampled, calibrated, projection, ...raw }: ModalityGap, model: string): void {
  say(`${model}, measured on ${sampled.text} texts and ${sampled.image} pictures`);
  const columns = calibrated === null ? [raw] : [raw, calibrated];
  say(row(["", "model", ...(calibrated === null ? [] : ["calibrated"])]));
  for (const [name, of] of ROWS) say(row([name, ...columns.map(of)]));
  const shares = projection.explained.map((share) => `${(100 * share).toFixed(1)} %`);
  say(`The two axes of the drawing have ${shares.join(" and ")} of the variance.`);
  if (calibrated === null)
    say("What calibration makes of it is not told: this CACHE_FOLDER does not know the model's.");
}

function middle({ quantiles }: CosineDistribution): string {
  const at = (share: number) => figure(quantiles.find((one) => one.share === share)!.cosine);
  return `${at(0.05)} to ${at(0.95)}`;
}
