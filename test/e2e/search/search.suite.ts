import type { SearchStage } from "../../support/search-stage";
import { batches } from "./batches.suite";
import { composedQueries } from "./composed.suite";
import { degenerateCollections } from "./degenerate.suite";
import { explained } from "./explained.suite";
import { keywordSearch, noKeywordSearch } from "./keywords.suite";
import { paging } from "./paging.suite";
import { restarts } from "./restart.suite";
import { shapedRankings } from "./shaping.suite";
import { fillWorld } from "./world";

/**
 * What search promises through the API, whatever Milvus it is on; the stage has started when the tests run. A server answers
 * so slowly after each write that it is spared what depends on no store: odd collections, and every way to page.
 */
export function searchContract(stage: SearchStage): void {
  describe("of the samples", () => {
    beforeAll(() => fillWorld(stage), 180_000);
    describe("composed queries", () => composedQueries(stage));
    describe("keywords", () => (stage.keywords ? keywordSearch(stage) : noKeywordSearch(stage)));
    describe("shaped rankings", () => shapedRankings(stage));
    describe("explanations", () => explained(stage));
    describe("batches", () => batches(stage));
    describe("restarts", () => restarts(stage));
    describe("paging", () => paging(stage, stage.keywords ? "every way" : "some ways"));
  });
  if (stage.keywords) describe("of degenerate collections", () => degenerateCollections(stage));
}
