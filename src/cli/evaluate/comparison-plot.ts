import type { Comparison, Report } from "../../evaluation/report/report";
import { drawing } from "../svg/drawing";
import { words } from "../svg/words";
import { perCent } from "./per-cent";
import { shortName } from "./short-name";

const SIZE = { width: 560, top: 64, left: 130, right: 84, bottom: 34 };
const ROW = 46;
const BAR = 14;
/** Readable on white and on black: the model, and what it is compared with. */
const COLOURS = { second: "#2f81f7", first: "#808080" } as const;
const MARKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const x = (value: number): number => SIZE.left + value * (SIZE.width - SIZE.left - SIZE.right);

/** Two models side by side at each task, as an SVG drawing; a dash where a model takes no pictures. */
export function comparisonPlot({
  comparison,
  models,
  dataSet,
}: Pick<Report, "comparison" | "models" | "dataSet">): string {
  const [first, second] = models.map(({ model }) => shortName(model)) as [string, string];
  const height = SIZE.top + ROW * comparison.length + SIZE.bottom;
  return drawing({ width: SIZE.width, height, title: `${second} against ${first}: ${dataSet}` }, [
    words(SIZE.left, 20, `NDCG@10, ${dataSet}`, "start"),
    legend(second, COLOURS.second, SIZE.left),
    legend(first, COLOURS.first, SIZE.left + 200),
    axis(height - SIZE.bottom),
    ...comparison.map((one, i) => row(one, SIZE.top + ROW * i)),
  ]);
}

const legend = (name: string, colour: string, left: number): string =>
  `<rect x="${left}" y="34" width="10" height="10" fill="${colour}"/>${words(left + 16, 43, name, "start")}`;

const axis = (bottom: number): string =>
  MARKS.map(
    (value) =>
      `<line class="axis" x1="${x(value)}" x2="${x(value)}" y1="${SIZE.top - 6}" y2="${bottom}"/>` +
      words(x(value), bottom + 18, String(value), "middle"),
  ).join("");

function row({ task, first, second, change }: Comparison, top: number): string {
  return [
    words(SIZE.left - 10, top + BAR + 5, task, "end"),
    bar(second, top, COLOURS.second),
    bar(first, top + BAR + 2, COLOURS.first),
    change === null ? "" : words(SIZE.width - 10, top + BAR + 5, perCent(change), "end"),
  ].join("");
}

const bar = (value: number | null, top: number, colour: string): string =>
  value === null
    ? words(SIZE.left + 4, top + 11, "–", "start")
    : `<rect x="${SIZE.left}" y="${top}" width="${(x(value) - SIZE.left).toFixed(1)}" height="${BAR}" fill="${colour}"/>` +
      words(x(value) + 5, top + 11, value.toFixed(3), "start");
