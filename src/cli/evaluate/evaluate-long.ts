import { EMBEDDED_MODEL, withModel } from "../../assembly/embedded-model";
import { openModel } from "../../assembly/open-model";
import { passageSize } from "../../assembly/passage-size";
import type { Config } from "../../config/config";
import { AppError } from "../../errors";
import { POSITIONS } from "../../evaluation/long/long-texts";
import { measureLong, type LongScore } from "../../evaluation/long/measure-long";
import type { Log } from "../../log";
import { EXIT_CODE } from "../exit-code";
import { note, say } from "../terminal";
import type { EvaluateOptions } from "./evaluate-options";
import { tellQuarters } from "./tell-quarters";

/** In tokens; the longest take most of the time. */
const LENGTHS = [200, 500, 1_000, 2_000, 4_000, 8_000];
/** What the middle and the end may be behind the start. */
const MOST_BEHIND = 0.05;

/** `parallax evaluate --long`: how well long texts are found by what stands at their start, middle and end. */
export async function evaluateLong(
  { models, isJson }: Pick<EvaluateOptions, "models" | "isJson">,
  config: Config,
  log: Log,
): Promise<number> {
  const [name = EMBEDDED_MODEL] = models;
  const passages = passageSize(config);
  if (passages === null)
    throw new AppError(
      "BAD_USER_INPUT",
      "PASSAGE_TOKENS is off, so there are no passages to measure. Give it a number.",
    );
  const model = await openModel(withModel(config, name), log, note);
  const tell = tellQuarters();
  const onProgress = (done: number, total: number) => tell("Embedding long texts", done, total);
  const { encoder, calibration } = model;
  const options = { encoder, calibration, passages, split: "test", lengths: LENGTHS, onProgress } as const;
  const scores = await measureLong(options).finally(() => model.close());
  const means = meansOf(scores);
  const ok = means.every((mean) => mean >= means[0]! - MOST_BEHIND);
  if (isJson) say(JSON.stringify({ model: name, passages, scores, ok }));
  else print(name, scores, means);
  if (!ok) note(`Fell short: the middle or end of texts is found by more than ${MOST_BEHIND} less than their start.`);
  return ok ? EXIT_CODE.ok : EXIT_CODE.failed;
}

/** Of recall with passages, over all lengths: start, middle, end. */
const meansOf = (scores: readonly LongScore[]): number[] =>
  POSITIONS.map((position) => {
    const own = scores.filter((one) => one.position === position);
    return own.reduce((sum, { passages }) => sum + passages, 0) / own.length;
  });

function print(model: string, scores: readonly LongScore[], means: readonly number[]): void {
  const row = (cells: readonly string[]) =>
    say(
      cells
        .map((cell) => cell.padEnd(12))
        .join("")
        .trimEnd(),
    );
  say(`${model}: recall@10 where the answer is at a place of a long text; with the beginning alone`);
  row(["tokens", ...POSITIONS.flatMap((position) => [position, "alone"])]);
  for (const length of LENGTHS) {
    const own = POSITIONS.map((position) => scores.find((one) => one.length === length && one.position === position)!);
    row([String(length), ...own.flatMap(({ passages, beginning }) => [passages.toFixed(3), beginning.toFixed(3)])]);
  }
  row(["mean", ...means.flatMap((mean) => [mean.toFixed(3), ""])]);
}
