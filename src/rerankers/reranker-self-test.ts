import { AppError } from "../errors";
import type { RerankerInit } from "./reranker-messages";
import type { ScorePairs } from "./reranker-model";

const QUERY = "a red cat";
const SHORT = "a cat whose fur is red";
const LONG =
  "The annual report of a small bank, which has a good many more words than the other text, so that both are filled up to one length.";
/** Of logits, alone and beside a longer text: models in 8 bits round by what is in the batch. */
const MOST_APART = 0.5;

/** Scores two texts together and one alone, since files that load may still be broken. Throws INVALID_MODEL when scores cannot be right. */
export async function selfTest(score: ScorePairs, { folder, dtype }: RerankerInit): Promise<void> {
  const wrong = (what: string, cause?: unknown) =>
    new AppError(
      "INVALID_MODEL",
      `The reranker in ${folder} (${dtype}) ${what}. Try another RERANK_DTYPE or load it again.`,
      { cause },
    );
  let scores: number[];
  try {
    scores = [...(await score(QUERY, [SHORT, LONG])), ...(await score(QUERY, [SHORT]))];
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw wrong(`fails on simple input: ${String(thrown).slice(0, 300)}`, thrown);
  }
  const [short, long, alone] = scores as [number, number, number];
  if (!scores.every(Number.isFinite)) throw wrong("gives no usable numbers");
  if (short === long) throw wrong("gives one score for different texts");
  if (Math.abs(short - alone) > MOST_APART) throw wrong("gives different scores for one text");
}
