import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
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

// The server comes from a package that is not published for every platform; scripts/setup.mjs says so where it is not.
const SERVER = join(__dirname, "../../.cache/test-milvus/bin/milvus-server");
const onServer = existsSync(SERVER) ? describe : describe.skip;

onServer("documents in a Milvus server", () => {
  const PORT = 19630;
  let server: ChildProcess;
  afterAll(async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    // On SIGTERM it goes and leaves the Milvus that it started, with its fixed ports, behind.
    server.kill("SIGINT");
    await gone;
  });
  const open = async () => {
    const args = ["--data", join(folder, "server"), "--proxy-port", String(PORT)];
    server = spawn(SERVER, args, { stdio: "ignore", detached: true });
    return openMilvus({ ...options, uri: `http://127.0.0.1:${PORT}`, timeoutMs: 110_000 });
  };
  documentStoreContract(open, { keywords: false });

  it("takes generated filters for what `matches` says", () => {
    const address = `http://127.0.0.1:${PORT}`;
    expect(checkFilters("--only", "server", "--milvus", address)).toEqual(FILTERS_HOLD);
  }, 300_000);
});
