import type { ModelForCalibration } from "../../assembly/open-for-calibration";
import type { Outcome } from "../../errors";
import { captionedSample, type CaptionedVectors } from "../../search/ranking/captioned-sample";
import { toFailure } from "../import/to-failure";
import { Progress } from "../progress";
import type { Report } from "../report";
import { note, say } from "../terminal";
import { chooseCaptioned } from "./choose-captioned";
import { findCaptioned, type Captioned } from "./find-captioned";
import type { Source } from "./source-of";

interface Measuring {
  readonly name: string;
  readonly model: ModelForCalibration;
  readonly report: Report;
  readonly interrupted: AbortSignal;
}

interface Calibrated {
  /** The file of the calibration; null: it was interrupted, and all is as before. */
  readonly path: string | null;
  /** How many could not be read or encoded. */
  readonly failed: number;
}

/** Makes a model's calibration from a source of captioned pictures. Throws BAD_USER_INPUT where that holds too few. */
export async function calibrateBy(
  source: Source,
  { name, model, report, interrupted }: Measuring,
): Promise<Calibrated> {
  const found = await findCaptioned(source, model.takesPictures);
  const { failures, withoutCaption, repeated } = found;
  for (const failure of failures) report.add(failure);
  const chosen = chooseCaptioned(found);
  const outcomes = await encode(chosen, model, interrupted);
  outcomes.forEach((one, i) => one.ok || report.add(toFailure(chosen[i]!.origin, null, one.error)));
  const vectors = outcomes.flatMap((one) => (one.ok ? [one.value] : []));
  const failed = failures.length + outcomes.length - vectors.length;
  report.close({ used: vectors.length, withoutCaption, repeated, failed });
  report.print();
  if (interrupted.aborted) {
    note("Interrupted: the calibration is as it was before.");
    return { path: null, failed };
  }
  const path = await model.keep(captionedSample(vectors, name));
  const what = model.takesPictures ? "pictures with their captions" : "texts";
  say(`${model.name} is calibrated by ${JSON.stringify(name)}: ${vectors.length} ${what}.`);
  say(`Passed over: ${withoutCaption} without a caption, ${repeated} with one that was there, ${failed} broken.`);
  return { path, failed };
}

async function encode(
  chosen: readonly Captioned[],
  model: ModelForCalibration,
  interrupted: AbortSignal,
): Promise<Outcome<CaptionedVectors>[]> {
  let encoded = 0;
  const read = () => ({ done: encoded, words: "encoded" });
  const progress = new Progress({ total: chosen.length, read, isShown: true });
  const onProgress = (done: number) => void (encoded = done);
  return model.encode(chosen, { onProgress, interrupted }).finally(() => progress.stop());
}
