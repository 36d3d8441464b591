import type { Comparison, ModelReport, Report } from "./report";

const TASKS = [
  ["text-to-text", "t2t"],
  ["image-to-image", "i2i"],
  ["image-to-text", "i2t"],
  ["text-to-image", "t2i"],
  ["mixed, by text", "t2both"],
  ["mixed, by image", "i2both"],
] as const;

/** Two models side by side at each task: the second against the first. */
export function compareTasks(
  [first, second]: readonly [ModelReport, ModelReport],
  secondAhead: Report["secondAhead"],
): Comparison[] {
  return TASKS.map(([task, code]) => {
    const [before, after] = [ndcgOf(first, code), ndcgOf(second, code)];
    const found = secondAhead.find((one) => one.task === code && one.ranking === RANKING);
    const change = before === null || after === null || before === 0 ? null : after / before - 1;
    return { task, first: before, second: after, change, ahead: found?.ndcgAt10 ?? null };
  });
}

/** What the server does where nothing else is asked for. */
const RANKING = "calibrated";

const ndcgOf = ({ tasks }: ModelReport, code: string): number | null =>
  tasks.find(({ task, ranking }) => task === code && ranking === RANKING)?.ndcgAt10 ?? null;
