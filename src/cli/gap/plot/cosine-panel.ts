import type { CosineDistribution } from "../../../search/modality-gap/cosine-distribution";
import type { GapMeasures } from "../../../search/modality-gap/gap-measures";
import { words } from "../../svg/words";
import { COLOURS } from "./colours";
import type { Area } from "./gap-plot";

/** Marks are so far apart. */
const STEP = 0.25;
const LEGEND_STEP = 16;
const LEGEND_WIDTH = 196;

/** From which to which cosine panels show; the same for those that are to be compared. */
export interface CosineRange {
  readonly from: number;
  readonly to: number;
}

/** All that occurs in any of them, to the next mark. */
export function cosineRange(measures: readonly GapMeasures[]): CosineRange {
  const bins = measures.flatMap((one) => curvesOf(one).flatMap(({ cosines }) => cosines.histogram));
  return {
    from: STEP * Math.floor(Math.min(...bins.map(({ from }) => from)) / STEP),
    to: STEP * Math.ceil(Math.max(...bins.map(({ to }) => to)) / STEP),
  };
}

/** How often two texts, two pictures, and a text and a picture have which cosine. */
export function cosinePanel(measures: GapMeasures, range: CosineRange, title: string, area: Area): string {
  const { left, top, width, height } = area;
  const bottom = top + height;
  const curves = curvesOf(measures);
  const most = Math.max(...curves.flatMap(({ cosines }) => cosines.histogram.map(({ share }) => share)));
  const x = (cosine: number): number => left + ((cosine - range.from) / (range.to - range.from)) * width;
  const y = (share: number): number => bottom - (share / most) * (height - 4);
  return [
    ...marks(range).map(
      (mark) =>
        `<line class="axis" x1="${x(mark)}" x2="${x(mark)}" y1="${top}" y2="${bottom}"/>` +
        words(x(mark), bottom + 16, String(mark), "middle"),
    ),
    `<line class="axis" x1="${left}" x2="${left + width}" y1="${bottom}" y2="${bottom}"/>`,
    ...curves.map(({ colour, cosines }) => steps(cosines, colour, x, y)),
    legend(curves, highest(curves) * 2 < range.from + range.to ? left + width - LEGEND_WIDTH : left + 8, top),
    words(left + width / 2, bottom + 34, title, "middle"),
  ].join("");
}

interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly cosines: CosineDistribution;
}

const curvesOf = ({ withinText, withinImage, across }: GapMeasures): Curve[] => [
  { name: "two texts", colour: COLOURS.text, cosines: withinText },
  { name: "two pictures", colour: COLOURS.image, cosines: withinImage },
  { name: "text and picture", colour: COLOURS.across, cosines: across },
];

const marks = ({ from, to }: CosineRange): number[] =>
  Array.from({ length: Math.round((to - from) / STEP) + 1 }, (_, i) => from + STEP * i);

/** The cosine that is most frequent on any curve: words go where it is not. */
function highest(curves: readonly Curve[]): number {
  const bins = curves.flatMap(({ cosines }) => cosines.histogram);
  return bins.reduce((most, bin) => (bin.share > most.share ? bin : most)).from;
}

const legend = (curves: readonly Curve[], left: number, top: number): string =>
  curves
    .map(({ name, colour, cosines }, i) => {
      const baseline = top + 14 + i * LEGEND_STEP;
      const line = `${name}: ${cosines.mean.toFixed(2)} ± ${cosines.spread.toFixed(2)}`;
      const box = `<rect x="${left}" y="${baseline - 9}" width="10" height="10" fill="${colour}" fill-opacity=".7"/>`;
      return box + words(left + 16, baseline, line, "start");
    })
    .join("");

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
