import type { Interval } from "../../evaluation/metrics/bootstrap";
import { say } from "../terminal";
import type { RelevanceScores } from "../../evaluation/measure/measure-relevance";
import { perCent } from "./per-cent";
import { shortName } from "./short-name";
import type { ModelReport, Report, SweepReport, TaskReport } from "../../evaluation/report/report";

const WIDTH = 12;
const figure = (value: number): string => value.toFixed(3);
const signed = (value: number): string => `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
const interval = ({ mean, low, high }: Interval): string => `${signed(mean)} (${signed(low)} to ${signed(high)})`;
const row = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.padEnd(WIDTH))
    .join("")
    .trimEnd();

/** Prints what was found as tables. */
export function printReport(report: Report): void {
  const { dataSet, split, models, secondAhead } = report;
  say(`${dataSet}${split === null ? "" : `, split ${split}`}`);
  for (const model of models) printModel(model);
  if (models.length < 2) return;
  printComparison(report);
  say(`\nNDCG@10 of ${models[1]!.model} over ${models[0]!.model}, with 95 % intervals (paired bootstrap)`);
  for (const { task, ranking, ndcgAt10 } of secondAhead) say(row([task, ranking, interval(ndcgAt10)]));
}

/** The second model against the first. */
function printComparison({ models: [first, second], comparison }: Report): void {
  const names = [second!, first!].map(({ model }) => shortName(model));
  const width = Math.max(WIDTH, ...names.map((name) => name.length + 2));
  const wide = (cells: readonly string[]) => cells.map((cell) => cell.padEnd(width)).join("");
  const value = (one: number | null) => (one === null ? "–" : figure(one));
  say(`\nNDCG@10, ${second!.model} against ${first!.model}`);
  say(`${"".padEnd(TASK_WIDTH)}${wide(names)}change`);
  for (const { task, first: before, second: after, change } of comparison)
    say(`${task.padEnd(TASK_WIDTH)}${wide([value(after), value(before)])}${change === null ? "–" : perCent(change)}`);
}

const TASK_WIDTH = 18;

function printModel({ model, tasks, sweeps, rerank, relevance }: ModelReport): void {
  say(`\n${model}; t: texts, i: pictures, t2i: texts find pictures`);
  const first = tasks[0]?.ranking;
  say(
    row(["task", "ranking", "queries", "documents", "recall@1", "recall@5", "recall@10", "NDCG@10", "MRR@10"]) +
      `      ${first} is ahead, NDCG@10`,
  );
  for (const task of tasks) say(taskRow(task));
  if (rerank !== null) printRerank(rerank);
  printRelevance(relevance);
  for (const sweep of sweeps) printSweep(sweep);
}

function taskRow({ task, ranking, queries, documents, firstAhead, ...figures }: TaskReport): string {
  const { recallAt1, recallAt5, recallAt10, ndcgAt10, mrrAt10 } = figures;
  const means = [recallAt1, recallAt5, recallAt10, ndcgAt10, mrrAt10].map(figure);
  return row([task, ranking, String(queries), String(documents), ...means, firstAhead ? interval(firstAhead) : ""]);
}

function printRerank({ model, candidates, tasks }: NonNullable<ModelReport["rerank"]>): void {
  say(
    `\nNDCG@10 of calibrated, and with the first ${candidates} hits in the order of ${model}; t2half: half of the things are pictures`,
  );
  say(row(["task", "tag", "queries", "documents", "before", "after"]) + "  after is ahead");
  for (const { task, tag, queries, documents, before, after, ahead } of tasks)
    say(row([task, tag ?? "", String(queries), String(documents), figure(before), figure(after), interval(ahead)]));
}

function printRelevance(relevance: readonly RelevanceScores[]): void {
  say("\nrelevantOnly: hits among ten that are nearer than chance, and the answers among them");
  say(row(["query", "tag", "answered", "queries", "hits", "nothing", "texts kept", "pictures kept"]));
  const share = (value: number | null) => (value === null ? "" : figure(value));
  for (const { query, tag, answered, queries, hits, nothing, kept } of relevance) {
    const means = [figure(hits), figure(nothing), share(kept.text), share(kept.image)];
    say(row([KINDS[query], tag ?? "", answered ? "yes" : "no", String(queries), ...means]));
  }
}

const KINDS = { text: "texts", image: "pictures" } as const;

function printSweep({ query, queries, points }: SweepReport): void {
  say(`\nNDCG@10 of ${queries} ${KINDS[query]} as queries, by the share of things that are there as pictures`);
  const names = points[0]!.rankings.map(({ ranking }) => ranking);
  say(row(["share", "ceiling", ...names]));
  for (const { share, ceiling, rankings } of points) {
    const figures = rankings.map(({ ndcgAt10 }) => figure(ndcgAt10));
    say(row([share === null ? "both" : String(share), ceiling === null ? "" : figure(ceiling), ...figures]));
  }
}
