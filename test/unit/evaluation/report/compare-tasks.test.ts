import { comparisonPlot } from "../../../../src/cli/evaluate/comparison-plot";
import { compareTasks } from "../../../../src/evaluation/report/compare-tasks";
import type { ModelReport } from "../../../../src/evaluation/report/report";

const report = (model: string, figures: Readonly<Record<string, number>>): ModelReport => ({
  model,
  revision: "",
  dimension: 8,
  sweeps: [],
  rerank: null,
  relevance: [],
  tasks: Object.entries(figures).flatMap(([task, ndcgAt10]) =>
    (["calibrated", "cosine"] as const).map((ranking) => ({
      task,
      ranking,
      queries: 4,
      documents: 4,
      recallAt1: 0,
      recallAt5: 0,
      recallAt10: 0,
      ndcgAt10: ranking === "calibrated" ? ndcgAt10 : 0.99,
      mrrAt10: 0,
      firstAhead: null,
    })),
  ),
});

const both = report("with-pictures", { t2t: 0.5, i2i: 0.8, i2t: 0.4, t2i: 0, t2both: 0.6, i2both: 0.7 });
const texts = report("/models/texts-only", { t2t: 0.6 });

it("tells the second model's change against the first, by the server's own ranking", () => {
  const better = report("better", { t2t: 0.6, i2i: 0.4, i2t: 0.4, t2i: 0.1, t2both: 0.66, i2both: 0.7 });
  const changes = compareTasks([both, better], []).map(({ task, change }) => [task, change]);
  expect(changes).toEqual([
    ["text-to-text", expect.closeTo(0.2)],
    ["image-to-image", expect.closeTo(-0.5)],
    ["image-to-text", 0],
    // Of nothing there is no percentage.
    ["text-to-image", null],
    ["mixed, by text", expect.closeTo(0.1)],
    ["mixed, by image", 0],
  ]);
});

it("has nothing of pictures where a model takes texts only, and draws a dash there", () => {
  const comparison = compareTasks([both, texts], []);
  expect(comparison[0]).toMatchObject({ task: "text-to-text", first: 0.5, second: 0.6 });
  for (const { second, change } of comparison.slice(1)) expect([second, change]).toEqual([null, null]);
  const svg = comparisonPlot({ comparison, models: [both, texts], dataSet: "Things & more" });
  expect(svg.match(/>–</g)).toHaveLength(5);
  expect(svg).toContain(">+20.0 %<");
  expect(svg).toContain("texts-only against with-pictures: Things &amp; more");
});
