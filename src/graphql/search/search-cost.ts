import { candidatesFor, MAX_DEPTH } from "../../search/searcher";
import { COST, costs, counted, filterCost } from "../cost/costs";
import { MAX_RERANKED } from "./read-search";
import type { ImageQuery, RerankInput, SearchByImageInput, SearchByTextInput, SearchInput } from "./search.input";

type Input = Partial<SearchByTextInput & SearchByImageInput & SearchInput>;

/** Embedding what is looked for, a search of each modality, what is scored, and what is sent. */
export const searchCost = costs(({ args, inner, limits }) => {
  const input = args["input"] as Input;
  const first = counted(args["first"], limits.maxFirst);
  const lists = 2 + (input.keywords ? 1 : 0);
  // A later page ranks what comes before it as well; groups may be so large that everything is looked at.
  const depth = input.groupBy ? MAX_DEPTH : candidatesFor(args["after"] ? limits.maxFirst : first);
  return (
    queryCost(input) +
    filterCost(input.where ?? {}) +
    rerankCost(input) +
    lists * (COST.search + depth * COST.candidate) +
    first * (COST.document + inner)
  );
});

function queryCost({ text, image, parts = [] }: Input): number {
  const texts = (text === undefined ? 0 : 1) + parts.filter(({ content }) => content.text).length;
  const images = [image, ...parts.map(({ content }) => content.image)].filter((one) => one && isNew(one)).length;
  const stored = parts.length + (image ? 1 : 0);
  return texts * COST.modelCall + images * COST.picture + stored * COST.document;
}

/** What is reread, on a later page again where the ranking is not kept any more. */
export const rerankCost = ({ rerank }: { readonly rerank?: RerankInput }): number =>
  counted(rerank?.candidates, MAX_RERANKED) * COST.rerankedHit;

/** Whether its bytes have to be got and looked at. */
const isNew = ({ documentId }: ImageQuery): boolean => typeof documentId !== "string";
