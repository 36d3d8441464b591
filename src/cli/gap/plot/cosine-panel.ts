import type { CosineDistribution } from "../../../search/modality-gap/cosine-distribution";
import type { GapMeasures } from "../../../search/modality-gap/gap-measures";
import { words } from "../../svg/words";
import type { Area } from "./area";
import { COLOURS } from "./colours";

/** Marks are so far apart. */
const STEP = 0.25;
/** Above the curves, for their figures. */
const ROOM_FOR_FIGURES = 24;

const CURVES = [
  { name: "two texts", of: "withinText", colour: COLOURS.text, column: 0 },
  { name: "two pictures", of: "withinImage", colour: COLOURS.image, column: 112 },
  { name: "text and picture", of: "across", colour: COLOURS.across, column: 240 },
] as const;

/** From which to which cosine panels show; the same for those that are to be compared. */
export interface CosineRange {
  readonly from: number;
  readonly to: number;
}

/** All that occurs in any of them, to the next mark. */
export function cosineRange(measures: readonly GapMeasures[]): CosineRange {
  const bins = measures.flatMap((one) => CURVES.flatMap(({ of }) => one[of].histogram));
  return {
    from: STEP * Math.floor(Math.min(...bins.map(({ from }) => from)) / STEP),
    to: STEP * Math.ceil(Math.max(...bins.map(({ to }) => to)) / STEP),
  };
}

/** How often two texts, two pictures, and a text and a picture have which cosine. */
export function cosinePanel(measures: GapMeasures, range: CosineRange, title: string, area: Area): string {
  const { left, top, width, height } = area;
  const bottom = top + height;
  const most = Math.max(...CURVES.flatMap(({ of }) => measures[of].histogram.map(({ share }) => share)));
  const x = (cosine: number): number => left + ((cosine - range.from) / (range.to - range.from)) * width;
  const y = (share: number): number => bottom - (share / most) * (height - ROOM_FOR_FIGURES);
  return [
    ...marks(range).map(
      (mark) =>
        `<line class="axis" x1="${x(mark)}" x2="${x(mark)}" y1="${top + ROOM_FOR_FIGURES}" y2="${bottom}"/>` +
        words(x(mark), bottom + 16, String(mark), "middle"),
    ),
    `<line class="axis" x1="${left}" x2="${left + width}" y1="${bottom}" y2="${bottom}"/>`,
    ...CURVES.map(({ of, colour }) => steps(measures[of], colour, x, y)),
    ...CURVES.map(({ of, colour, column }) => {
      const { mean, spread } = measures[of];
      return entry(left + column, top + 10, colour, `${mean.toFixed(2)} ± ${spread.toFixed(2)}`);
    }),
    words(left + width / 2, bottom + 34, title, "middle"),
  ].join("");
}

const marks = ({ from, to }: CosineRange): number[] =>
  Array.from({ length: Math.round((to - from) / STEP) + 1 }, (_, i) => from + STEP * i);

/** Which colour is whose, in the columns that the panels' figures are in. */
export const cosineLegend = (left: number, baseline: number): string =>
  CURVES.map(({ name, colour, column }) => entry(left + column, baseline, colour, name)).join("");

const entry = (left: number, baseline: number, colour: string, line: string): string =>
  `<rect x="${left}" y="${baseline - 9}" width="10" height="10" fill="${colour}" fill-opacity=".7"/>` +
  words(left + 16, baseline, line, "start");

/** The outline of a histogram, with its area tinted. */
function steps(
  { histogram }: CosineDistribution,
  colour: string,
  x: (cosine: number) => number,
  y: (share: number) => number,
): string {
  const outline = histogram.map(({ from, to, share }) => {
    const [left, right, height] = [x(from), x(to), y(share)].map((value) => value.toFixed(1));
    return `L${left} ${height}L${right} ${height}`;
  });
  const [first, last] = [x(histogram[0]!.from).toFixed(1), x(histogram.at(-1)!.to).toFixed(1)];
  const path = `M${first} ${y(0)}${outline.join("")}L${last} ${y(0)}Z`;
  return `<path d="${path}" fill="${colour}" fill-opacity=".22" stroke="${colour}" stroke-width="1.5" stroke-linejoin="round"/>`;
}
