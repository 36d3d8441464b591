import type { AnswerRequest } from "../../answers/answer";
import { isBlank } from "../../documents/normal-form";
import { AppError } from "../../errors";
import type { Context } from "../context";
import { readSearch } from "../search/read-search";
import type { AnswerInput } from "./answer.input";

const MAX_TURNS = 10;
const MAX_QUESTION_BYTES = 4_096;
const MAX_TURN_BYTES = 20_000;

/** What a client asks. Throws INVALID_TEXT, TOO_LARGE, TOO_MANY_ITEMS, and as searches do. */
export function readAnswer(input: AnswerInput, context: Context): AnswerRequest {
  const { question, history = [] } = input;
  if (isBlank(question)) throw new AppError("INVALID_TEXT", "`question` is empty. Say what you want to know.");
  if (Buffer.byteLength(question, "utf8") > MAX_QUESTION_BYTES) {
    throw new AppError("TOO_LARGE", `\`question\` has more than ${MAX_QUESTION_BYTES} UTF-8 bytes. Shorten it.`);
  }
  if (history.length > MAX_TURNS) {
    throw new AppError(
      "TOO_MANY_ITEMS",
      `\`history\` has ${history.length} turns; it may have ${MAX_TURNS}. Send the last ones.`,
    );
  }
  const long = history.find((turn) => Buffer.byteLength(turn.question + turn.answer, "utf8") > MAX_TURN_BYTES);
  if (long) {
    throw new AppError("TOO_LARGE", `A turn of \`history\` has more than ${MAX_TURN_BYTES} UTF-8 bytes. Shorten it.`);
  }
  return { question: question.toWellFormed(), history, search: readSearch(input, context) };
}
