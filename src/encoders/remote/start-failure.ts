import { AppError } from "../../errors";
import { BatchRefused } from "./batch-refused";
import { RemoteWords } from "./remote-failure";

/** Statuses that tell of a setting that is wrong, whatever is asked. */
const WRONG_SETTING = new Set([400, 401, 403, 404, 405, 422]);

/**
 * What a failure of the first calls means: INVALID_CONFIGURATION where the remote encoder refuses what it was asked with
 * our own words, or answers something else, else MODEL_UNAVAILABLE; what says already what is wrong, as it is.
 */
export function startFailure(thrown: unknown): unknown {
  const failure = thrown instanceof BatchRefused ? thrown.failure : thrown;
  if (!(failure instanceof AppError) || !failure.code.startsWith("ENCODER_")) return thrown;
  const { cause } = failure;
  if (!(cause instanceof RemoteWords) && thrown instanceof BatchRefused) return wrongSetting(failure.message, thrown);
  if (cause instanceof RemoteWords && WRONG_SETTING.has(cause.status)) {
    return wrongSetting(`The remote encoder refused to be used (${cause.message}).`, cause);
  }
  const message = `${failure.message} It is needed to start: see that the machine at MODEL runs and can be reached.`;
  return new AppError("MODEL_UNAVAILABLE", message, { cause: failure });
}

const wrongSetting = (what: string, cause: unknown): AppError =>
  new AppError(
    "INVALID_CONFIGURATION",
    `${what} Check MODEL, MODEL_PROTOCOL, MODEL_NAME and MODEL_API_KEY; a Parallax server serves its model where ENCODER_SECRET is set.`,
    { cause },
  );
