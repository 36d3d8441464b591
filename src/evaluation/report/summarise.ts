import type { Ranking } from "../../search/ranking/ranking";
import { average } from "../../search/average";
import { pairedBootstrap } from "../metrics/bootstrap";
import type { RerankScores } from "../measure/measure-rerank";
import type { TaskScores } from "../measure/measure-tasks";
import { FIGURES, type Figure } from "../measure/score-query";
import { ceilingAt, type Sweep } from "../measure/sweep";
import type { Report, RerankTaskReport, SweepReport, TaskReport } from "./report";

const ndcgs = ({ queries }: TaskScores): number[] => queries.map(({ ndcgAt10 }) => ndcgAt10);
const sameTask = (a: TaskScores, b: TaskScores): boolean => a.task === b.task;

/** The means of each task, and in mixed lists how far the first ranking is ahead. */
export function summariseTasks(measured: readonly TaskScores[], seed: number): TaskReport[] {
  return measured.map((scores) => {
    const { task, isMixed, ranking, queries, documents } = scores;
    const first = measured.find((other) => sameTask(other, scores))!;
    const firstAhead = isMixed && first !== scores ? pairedBootstrap(ndcgs(first), ndcgs(scores), seed) : null;
    const figures = FIGURES.map((figure) => [figure, average(queries.map((one) => one[figure]))] as const);
    const means = Object.fromEntries(figures) as Record<Figure, number>;
    return { task, ranking, queries: queries.length, documents, ...means, firstAhead };
  });
}

/** The sweep's means with the ceiling, and how far the first ranking is ahead at each share. */
export function summariseSweep(sweep: Sweep, rankings: readonly Ranking[], seed: number): SweepReport {
  const [leader] = rankings as readonly [Ranking, ...Ranking[]];
  const points = sweep.points.map(({ share, ndcgAt10 }) => ({
    share,
    ceiling: share === null ? null : ceilingAt(share, sweep),
    rankings: rankings.map((ranking) => {
      const [first, own] = [ndcgAt10[leader]!, ndcgAt10[ranking]!];
      const firstAhead = ranking === leader ? null : pairedBootstrap(first, own, seed);
      return { ranking, ndcgAt10: average(own), firstAhead };
    }),
  }));
  return { query: sweep.query, queries: sweep.points[0]!.ndcgAt10[leader]!.length, points };
}

/** The means before and after reranking, and how far the latter is ahead. */
export const summariseRerank = (measured: readonly RerankScores[], seed: number): RerankTaskReport[] =>
  measured.map(({ before, after, ...sort }) => ({
    ...sort,
    queries: before.length,
    before: average(before),
    after: average(after),
    ahead: pairedBootstrap(after, before, seed),
  }));

/** How far the second model is ahead at each task, query by query. */
export function compareModels(
  first: readonly TaskScores[],
  second: readonly TaskScores[],
  seed: number,
): Report["secondAhead"] {
  return second.flatMap((scores) => {
    const other = first.find((one) => sameTask(one, scores) && one.ranking === scores.ranking);
    if (other === undefined) return [];
    const { task, ranking } = scores;
    return [{ task, ranking, ndcgAt10: pairedBootstrap(ndcgs(scores), ndcgs(other), seed) }];
  });
}
