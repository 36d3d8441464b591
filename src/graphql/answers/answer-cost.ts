import { candidatesFor } from "../../search/searcher";
import { rerankCost } from "../search/search-cost";
import { COST, costs, filterCost } from "../cost/costs";
import type { AnswerInput } from "./answer.input";

/** Sources and citations, of which each is a document: as many as an answer has at most. */
const ENTRIES = 100;
const LISTS = 2;

/** A search of each modality, and the chat model, which costs more than anything else. */
export const answerCost = costs(({ args, inner }) => {
  const input = args["input"] as AnswerInput;
  const search = COST.search + candidatesFor(ENTRIES) * COST.candidate;
  const asked = COST.modelCall + filterCost(input.where ?? {}) + LISTS * search + rerankCost(input);
  return COST.answer + asked + ENTRIES * (COST.document + inner);
});
