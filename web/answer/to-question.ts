import type { AnswerInput } from "../generated/operations";
import type { SearchState } from "../place/search-state";
import { toWhere } from "../search/to-input";

/** The words of a search as a question, asked of what it looks at; null where there are none. */
export function toQuestion({ words, modality, conditions }: SearchState): AnswerInput | null {
  const question = words.trim();
  if (question === "") return null;
  const where = toWhere(conditions);
  return { question, ...(modality && { modalities: [modality] }), ...(where && { where }) };
}
