import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMilvus } from "../../src/stores/milvus/open-milvus";
import { checkFilters, FILTERS_HOLD } from "../support/check-filters";
import { silent } from "../support/models";
import { hasMilvusServer, startMilvusServer, type MilvusServer } from "../support/processes/milvus-server";
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

const onServer = hasMilvusServer ? describe : describe.skip;

onServer("documents in a Milvus server", () => {
  let server: MilvusServer | undefined;
  beforeAll(async () => {
    server = await startMilvusServer(join(folder, "server"));
  }, 300_000);
  afterAll(() => server?.stop());
  const open = () => openMilvus({ ...options, uri: server!.uri, timeoutMs: 110_000 });
  documentStoreContract(open, { keywords: false });

  it("takes generated filters for what `matches` says", () => {
    expect(checkFilters("--only", "server", "--milvus", server!.uri)).toEqual(FILTERS_HOLD);
  }, 300_000);
});
