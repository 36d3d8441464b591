import { errors } from "undici";
import { AppError } from "../errors";

/** A failed try: what to tell, whether the same request may succeed now, and when its server wants to be asked again. */
export class ChatFailure extends Error {
  override readonly name = "ChatFailure";

  constructor(
    readonly failure: AppError,
    readonly mayPass: boolean,
    readonly waitMs: number | null = null,
  ) {
    super(failure.message);
  }
}

const unavailable = (why: string, cause?: unknown): ChatFailure =>
  new ChatFailure(new AppError("LLM_UNAVAILABLE", `The chat model ${why}. Try again later.`, { cause }), true);

const refused = (why: string): ChatFailure =>
  new ChatFailure(new AppError("LLM_FAILED", `The chat model ${why}.`), false);

/** Of an answer that is no success. Its words are not repeated: servers quote keys and prompts. */
export function failureOfStatus(status: number, waitMs: number | null): ChatFailure {
  if (status === 429) return new ChatFailure(unavailable("is asked too often at present").failure, true, waitMs);
  if (status >= 500 || status === 408) {
    return new ChatFailure(unavailable(`cannot answer at present (status ${status})`).failure, true, waitMs);
  }
  if (status === 401 || status === 403) return refused("refuses the key. The operator has to set LLM_API_KEY");
  if (status === 404) return refused("is not there. The operator has to set LLM_BASE_URL and LLM_MODEL");
  if (status >= 300 && status < 400) return refused("is elsewhere. The operator has to set LLM_BASE_URL");
  return refused(
    `does not take the request (status ${status}). It may see no pictures (ANSWER_PICTURES) or read less at once (ANSWER_SOURCE_TOKENS)`,
  );
}

export const brokenOff = (): ChatFailure => unavailable("broke off in the middle of its answer");
export const failedMeanwhile = (): ChatFailure => unavailable("failed while it answered");
export const declined = (): ChatFailure => refused("declined to answer this");
export const notUnderstood = (): ChatFailure =>
  refused("answers in another form than a stream of chat completions. The operator has to check LLM_BASE_URL");

/** Any throw of a try. */
export function toChatFailure(thrown: unknown): ChatFailure {
  if (thrown instanceof ChatFailure) return thrown;
  if (thrown instanceof errors.HeadersTimeoutError || thrown instanceof errors.BodyTimeoutError) {
    return unavailable("said nothing for too long", thrown);
  }
  if (thrown instanceof errors.SocketError || (thrown as NodeJS.ErrnoException).code === "ECONNRESET") {
    return unavailable("broke off the connection", thrown);
  }
  return unavailable("cannot be reached", thrown);
}

/** Its time was over, whatever it was doing. */
export const tooLate = (timeoutMs: number): AppError =>
  new AppError("LLM_UNAVAILABLE", `The chat model took longer than ${timeoutMs} ms. Try again later.`);
