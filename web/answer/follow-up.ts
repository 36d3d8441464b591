import type { AnswerInput } from "../generated/operations";

/** Turns that the server takes. */
const MOST_TURNS = 10;

/** A question that follows another one's answer: asked of the same documents, with what was said before. */
export function followUp(asked: AnswerInput, question: string, answer: string): AnswerInput {
  const history = [...(asked.history ?? []), { question: asked.question, answer }];
  return { ...asked, question, history: history.slice(-MOST_TURNS) };
}
