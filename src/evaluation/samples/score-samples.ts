import { unseenColouredThings, unseenThings } from "../../samples/evaluation-set";
import { isRelevant, type Topic } from "../../samples/topic";
import { calibrationOf, EMPTY_COLLECTION } from "../../search/ranking/calibration";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { Ranking } from "../../search/ranking/ranking";
import { demoItems, namedItems, type Items, type SampleTools } from "./sample-items";
import { scoreTask, type Item, type Scores, type Task } from "./score-task";

/** Retrieval in every direction, over things in a style that mini-clip never saw and over the demo's samples. */
export async function scoreSamples(model: SampleTools & { readonly calibration: ModelCalibration }): Promise<Scores[]> {
  const unseen = await namedItems(model, unseenThings());
  const coloured = await namedItems(model, unseenColouredThings());
  const { texts, captions, images } = await demoItems(model);
  const both = [...texts, ...images];
  const calibration = calibrationOf(model.calibration, EMPTY_COLLECTION);
  const score = <T>(task: Task<T>) => scoreTask(task, calibration);
  return [
    ...[...bothWays("OpenMoji", unseen), ...bothWays("OpenMoji, coloured", coloured)].map(score),
    score(samples("samples: text → image", texts, images)),
    score(samples("samples: image → text", images, texts)),
    score(samples("samples: text → text", captions, texts)),
    score(samples("samples: image → image", images, images)),
    score(samples("samples: text → both", texts, both, "calibrated")),
    score(samples("samples: image → both", images, both, "calibrated")),
    score(samples("samples: text → both, by cosine", texts, both)),
    score(samples("samples: image → both, by cosine", images, both)),
  ];
}

const samples = (
  name: string,
  queries: readonly Item<Topic>[],
  documents: readonly Item<Topic>[],
  ranking: Ranking = "cosine",
): Task<Topic> => ({ name, ranking, queries, documents, isRelevant });

/** Each text has one picture and each picture one text. */
function bothWays(name: string, { texts, images }: Items<number>): Task<number>[] {
  const task = { ranking: "cosine", isRelevant: (query: number, document: number) => query === document } as const;
  return [
    { ...task, name: `${name}: text → image`, queries: texts, documents: images },
    { ...task, name: `${name}: image → text`, queries: images, documents: texts },
  ];
}
