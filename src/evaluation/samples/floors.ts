import type { Figures, Scores } from "./score-task";

/**
 * What mini-clip must reach: a little less than its card says of things drawn in OpenMoji, and than it reached over the
 * demo's samples. Orders by plain cosine have no floor: they are there to compare with.
 */
export const FLOORS: Readonly<Record<string, Partial<Figures>>> = {
  "OpenMoji: text → image": { recallAt1: 0.24, recallAt5: 0.44 },
  "OpenMoji: image → text": { recallAt1: 0.26, recallAt5: 0.5 },
  "OpenMoji, coloured: text → image": { recallAt1: 0.41, recallAt5: 0.66 },
  "OpenMoji, coloured: image → text": { recallAt1: 0.42, recallAt5: 0.65 },
  "samples: text → image": { recallAt5: 0.86, ndcgAt10: 0.82 },
  "samples: image → text": { recallAt5: 0.92, ndcgAt10: 0.85 },
  "samples: text → text": { recallAt5: 0.95, ndcgAt10: 0.92 },
  "samples: image → image": { recallAt5: 0.64, ndcgAt10: 0.75 },
  "samples: text → both": { recallAt5: 0.65, ndcgAt10: 0.64 },
  "samples: image → both": { recallAt5: 0.55, ndcgAt10: 0.6 },
};

/** A line for each figure that is below its floor. A task that was not measured is below all of its floors. */
export function shortfalls(measured: readonly Scores[]): string[] {
  return Object.entries(FLOORS).flatMap(([task, floors]) => {
    const scores = measured.find((one) => one.task === task);
    return (Object.entries(floors) as [keyof Figures, number][])
      .filter(([figure, floor]) => !(scores && scores[figure] >= floor))
      .map(([figure, floor]) => `${task}: ${figure} is ${scores?.[figure] ?? "not measured"}, its floor ${floor}`);
  });
}
