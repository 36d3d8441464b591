import type { Scores } from "../../evaluation/samples/score-task";

/** Prints the scores as a table, one task a line. */
export function printScores(scores: readonly Scores[]): void {
  const width = Math.max(...scores.map(({ task }) => task.length));
  const line = (task: string, cells: readonly string[]) =>
    process.stdout.write(`${task.padEnd(width)}${cells.map((cell) => cell.padStart(11)).join("")}\n`);
  line("", ["queries", "documents", "recall@1", "recall@5", "NDCG@10"]);
  for (const { task, queries, documents, recallAt1, recallAt5, ndcgAt10 } of scores) {
    const figures = [recallAt1, recallAt5, ndcgAt10].map((figure) => figure.toFixed(3));
    line(task, [String(queries), String(documents), ...figures]);
  }
}
