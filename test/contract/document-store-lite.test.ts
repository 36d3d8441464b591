import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMilvus } from "../../src/stores/milvus/open-milvus";
import { checkFilters, FILTERS_HOLD } from "../support/check-filters";
import { silent } from "../support/models";
import { documentStoreContract } from "./document-store.suite";

const options = { token: null, litePython: null, prefix: "contract", timeoutMs: 60_000, log: silent };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("documents in Milvus Lite", () => {
  documentStoreContract(() => openMilvus({ ...options, uri: join(folder, "lite") }));

  it("takes generated filters for what `matches` says", () => {
    expect(checkFilters("--only", "lite")).toEqual(FILTERS_HOLD);
  }, 300_000);
});
