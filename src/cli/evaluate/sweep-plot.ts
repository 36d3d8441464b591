import type { Ranking } from "../../search/ranking/ranking";
import { drawing } from "../svg/drawing";
import { words } from "../svg/words";
import type { SweepReport } from "../../evaluation/report/report";

const PANEL = { width: 420, height: 300, left: 56, right: 24, top: 40, bottom: 48 };
const LEGEND = { height: 36, step: 92 };
/** Readable on white and on black. */
const COLOURS: Readonly<Record<Ranking | "ceiling", string>> = {
  calibrated: "#2f81f7",
  rrf: "#d97706",
  interleaved: "#16a34a",
  cosine: "#db2777",
  ceiling: "#808080",
};
const TITLES = { text: "texts as queries", image: "pictures as queries" } as const;

type Series = readonly (readonly [share: number, value: number])[];

export interface PlottedSweep {
  readonly model: string;
  readonly sweep: SweepReport;
}

/** Sweeps as an SVG drawing, a panel for each; its words are readable in light and dark. */
export function sweepPlot(sweeps: readonly PlottedSweep[], title: string): string {
  const names: (Ranking | "ceiling")[] = sweeps[0]!.sweep.points[0]!.rankings.map(({ ranking }) => ranking);
  const width = Math.max(PANEL.width * sweeps.length, PANEL.left + LEGEND.step * (names.length + 1));
  const height = PANEL.height + LEGEND.height;
  return drawing({ width, height, title }, [
    ...sweeps.map((sweep, i) => `<g transform="translate(${i * PANEL.width} 0)">${panel(sweep)}</g>`),
    `<g transform="translate(${PANEL.left} ${PANEL.height + 16})">${legend([...names, "ceiling"])}</g>`,
  ]);
}

const x = (share: number): number => PANEL.left + share * (PANEL.width - PANEL.left - PANEL.right);
const y = (value: number): number => PANEL.height - PANEL.bottom - value * (PANEL.height - PANEL.top - PANEL.bottom);

function panel({ model, sweep: { query, points } }: PlottedSweep): string {
  const shares = points.flatMap((point) => (point.share === null ? [] : [{ ...point, share: point.share }]));
  const names = points[0]!.rankings.map(({ ranking }) => ranking);
  const lines = names.map((name, i) =>
    line(
      shares.map(({ share, rankings }) => [share, rankings[i]!.ndcgAt10]),
      name,
    ),
  );
  const ceiling = line(
    shares.map(({ share, ceiling: value }) => [share, value!]),
    "ceiling",
  );
  return [axes(), words(PANEL.width / 2, 22, `NDCG@10, ${model}, ${TITLES[query]}`, "middle"), ceiling, ...lines].join(
    "",
  );
}

function axes(): string {
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const across = marks.map(
    (value) =>
      `<line class="axis" x1="${x(0)}" x2="${x(1)}" y1="${y(value)}" y2="${y(value)}"/>` +
      words(x(0) - 8, y(value) + 4, String(value), "end"),
  );
  const along = [0, 0.25, 0.5, 0.75, 1].map((share) => words(x(share), y(0) + 18, `${100 * share} %`, "middle"));
  return [...across, ...along, words(x(0.5), y(0) + 38, "things that are pictures", "middle")].join("");
}

function line(series: Series, name: Ranking | "ceiling"): string {
  const points = series.map(([share, value]) => `${x(share).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return `<polyline fill="none" stroke="${COLOURS[name]}" stroke-width="2"${dashes(name)} points="${points}"/>`;
}

const dashes = (name: Ranking | "ceiling"): string => (name === "ceiling" ? ' stroke-dasharray="5 4"' : "");

function legend(names: readonly (Ranking | "ceiling")[]): string {
  return names
    .map((name, i) => {
      const stroke = `stroke="${COLOURS[name]}" stroke-width="2"${dashes(name)}`;
      return `<line x1="${i * LEGEND.step}" x2="${i * LEGEND.step + 14}" y1="0" y2="0" ${stroke}/>${words(i * LEGEND.step + 18, 4, name, "start")}`;
    })
    .join("");
}
