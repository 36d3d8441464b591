import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasMilvusServer, startMilvusServer, type MilvusServer } from "../../support/processes/milvus-server";
import { SearchStage } from "../../support/search-stage";
import { searchContract } from "./search.suite";

const onServer = hasMilvusServer ? describe : describe.skip;

onServer("search on a Milvus server", () => {
  const stage = new SearchStage(false);
  let folder: string;
  let milvus: MilvusServer | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parallax-"));
    milvus = await startMilvusServer(join(folder, "milvus"));
    await stage.start({ MILVUS_URI: milvus.uri, STORE_TIMEOUT_MS: "110000" });
  }, 300_000);
  afterAll(async () => {
    await stage.stop();
    await milvus?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  searchContract(stage);
});
