import { join } from "node:path";
import type { Config } from "../../config/config";
import type { Log } from "../../log";
import { shortfalls } from "../../evaluation/samples/floors";
import { scoreSamples } from "../../evaluation/samples/score-samples";
import type { Scores } from "../../evaluation/samples/score-task";
import { EMBEDDED_MODEL, withModel } from "../../assembly/embedded-model";
import { openModel } from "../../assembly/open-model";
import { note } from "../terminal";
import { tellQuarters } from "./tell-quarters";

/** The embedded model's scores over sample pictures, and a line for each that is below its floor. */
export async function checkEmbeddedModel(config: Config, log: Log): Promise<{ scores: Scores[]; short: string[] }> {
  const model = await openModel(withModel(config, EMBEDDED_MODEL), log, note);
  const folder = join(config.cacheFolder, "evaluation");
  const scores = await scoreSamples({ ...model, folder, onProgress: tellQuarters() }).finally(() => model.close());
  return { scores, short: shortfalls(scores) };
}
