import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMilvus } from "../../src/stores/milvus/open-milvus";
import { searchContract } from "../e2e/search/search.suite";
import { severalServers } from "../e2e/several/several-servers.suite";
import { checkFilters, FILTERS_HOLD } from "../support/check-filters";
import { silent } from "../support/models";
import { hasMilvusServer, startMilvusServer, type MilvusServer } from "../support/processes/milvus-server";
import { SearchStage } from "../support/search-stage";
import { documentStoreContract } from "./document-store.suite";
import { indexClustersContract } from "./index-clusters.suite";

// Everything that needs a real server, since one is slow to start and a machine can run no second one.
const onServer = hasMilvusServer ? describe : describe.skip;

onServer("on a Milvus server", () => {
  let folder: string;
  let server: MilvusServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parallax-"));
    server = await startMilvusServer(join(folder, "milvus"));
  }, 300_000);
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe("documents", () => {
    const options = { token: null, litePython: null, prefix: "contract", timeoutMs: 110_000, log: silent };
    documentStoreContract(() => openMilvus({ ...options, uri: server.uri }), { keywords: false });

    it("takes generated filters for what `matches` says", () => {
      expect(checkFilters("--only", "server", "--milvus", server.uri)).toEqual(FILTERS_HOLD);
    }, 300_000);
  });

  describe("clusters", () => {
    indexClustersContract(() => server.uri);
  });

  describe("search", () => {
    const stage = new SearchStage(false);
    beforeAll(() => stage.start({ MILVUS_URI: server.uri, STORE_TIMEOUT_MS: "110000" }), 180_000);
    afterAll(() => stage.stop());
    searchContract(stage);
  });

  describe("three servers", () => {
    severalServers(() => server.uri);
  });
});
