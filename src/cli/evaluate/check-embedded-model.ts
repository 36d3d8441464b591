import { join } from "node:path";
import type { Config } from "../../config";
import type { Log } from "../../log";
import { shortfalls } from "./evaluate-floors";
import { evaluateModel } from "./evaluate-model";
import type { Scores } from "./evaluate-tasks";
import { EMBEDDED_MODEL, openModel } from "./open-model";
import { tellQuarters } from "./tell-quarters";

/** The embedded model's scores over sample pictures, and a line for each that is below its floor. */
export async function checkEmbeddedModel(config: Config, log: Log): Promise<{ scores: Scores[]; short: string[] }> {
  const model = await openModel(EMBEDDED_MODEL, config, log);
  const folder = join(config.cacheFolder, "evaluation");
  const scores = await evaluateModel({ ...model, folder, onProgress: tellQuarters() }).finally(() => model.close());
  return { scores, short: shortfalls(scores) };
}
