import { AppError } from "../../errors";
import { retryAfterMs } from "../../retries/retry-after";
import { OutOfTime } from "../../retries/time-budget";
import { TryAgain } from "../../retries/try-again";
import { BatchRefused } from "./batch-refused";

/** What the remote encoder itself said, where that may be told; never holds the API key. */
export class RemoteWords extends Error {
  override readonly name = "RemoteWords";

  constructor(
    readonly status: number,
    /** "" where they may not be told. */
    words: string,
    /** Whether they speak of something that is too long. */
    readonly isForLength: boolean,
  ) {
    super(`status ${status}${words === "" ? "" : `: ${words}`}`);
  }
}

/** The remote is away, or busy, or not usable as it is set up: no item's fault. */
export const unavailable = (why: string, cause?: unknown): AppError =>
  new AppError("ENCODER_UNAVAILABLE", `The remote encoder ${why}. Try again later.`, { cause });

const PASSING = new Set([408, 425, 429, 502, 503, 504]);
const REFUSING = new Set([400, 413, 422]);

/** What a status other than 200 means for a batch. */
export function statusFailure(words: RemoteWords, retryAfter: string | string[] | undefined): Error {
  const { status } = words;
  if (PASSING.has(status)) {
    const waitMs = retryAfterMs(retryAfter, Date.now());
    const asks = waitMs === null ? "" : ` and asks to wait ${Math.ceil(waitMs / 1_000)} s`;
    return new TryAgain(unavailable(`answered with status ${status}${asks}`, words), waitMs);
  }
  if (REFUSING.has(status)) return new BatchRefused(refusedItem(status, words), false, words.isForLength);
  if (status >= 500) return new BatchRefused(refusedItem(status, words), true);
  return unavailable(`answered with status ${status}; see MODEL, MODEL_API_KEY and MODEL_NAME`, words);
}

const refusedItem = (status: number, cause: RemoteWords): AppError =>
  new AppError(
    "ENCODER_FAILED",
    `The remote encoder answered this item with status ${status}. Try again later, or with other content.`,
    { cause, retryable: status >= 500 },
  );

/** An answer that came but cannot be used; `what` follows "The remote encoder". */
export const unusable = (what: string): BatchRefused =>
  new BatchRefused(
    new AppError("ENCODER_FAILED", `The remote encoder ${what}. Try again later, or with other content.`),
    true,
  );

/** Any throw of one attempt: what may pass as a TryAgain, what says what it is as it is. */
export function toRemoteFailure(thrown: unknown): Error {
  if (thrown instanceof AppError || thrown instanceof TryAgain || thrown instanceof BatchRefused) return thrown;
  const { code, name } = Object(thrown) as { code?: unknown; name?: unknown };
  const fault = String(code ?? name ?? "unknown");
  if (thrown instanceof OutOfTime || /TIMEOUT/.test(fault))
    return new TryAgain(unavailable("did not answer in time", thrown));
  if (/CERT|^UNABLE_TO_/.test(fault)) return unavailable("has no valid certificate", thrown);
  return new TryAgain(unavailable(`could not be reached, or broke off (${fault})`, thrown));
}
