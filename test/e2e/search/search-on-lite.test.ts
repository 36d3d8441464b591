import { SearchStage } from "../../support/search-stage";
import { searchContract } from "./search.suite";

const stage = new SearchStage(true);
beforeAll(() => stage.start({}), 180_000);
afterAll(() => stage.stop());

describe("search on Milvus Lite", () => {
  searchContract(stage);
});
