import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createClient } from "@libsql/client";
import { openLedger } from "../../src/ledger/open-ledger";
import { ledgerContract } from "./ledger.suite";

const folder = mkdtempSync(join(tmpdir(), "parallax ledger#é%-"));
const open = () => openLedger({ address: join(folder, "data", "ledger.db"), token: null });
afterAll(() => rmSync(folder, { recursive: true }));

describe("a libSQL file", () => {
  ledgerContract(open);
});

it("takes up a ledger of an earlier version", async () => {
  const address = join(folder, "earlier.db");
  await (await openLedger({ address, token: null })).close();
  const client = createClient({ url: pathToFileURL(address).href });
  for (const column of ["line", "intended_at", "pdf", "pages_progress"])
    await client.execute(`ALTER TABLE items DROP COLUMN ${column}`);
  client.close();
  const ledger = await openLedger({ address, token: null });
  const items = async function* () {
    yield [{ kind: "text", key: null, text: "a", metadata: {}, line: 3 } as const];
  };
  const { job } = await ledger.jobs.create({ id: "0".repeat(32), tenant: "default", requestId: null }, items);
  const query = { states: null, codes: null, afterIndex: null, limit: 5 };
  expect(await ledger.jobs.items(job.id, query)).toMatchObject([{ line: 3 }]);
  await ledger.queue.claim("me", 1_000);
  const intended = { documentId: "doc", createdAt: new Date(1_000) };
  expect(await ledger.queue.intend(job.id, "me", [{ index: 0, ...intended }])).toBe(true);
  expect(await ledger.queue.take(job.id, "me", 1)).toMatchObject([{ intended }]);
  const progress = { title: null, pages: 2, pagesDone: 1 };
  expect(await ledger.queue.notePages(job.id, "me", 0, progress)).toBe(true);
  await ledger.close();
});

it("says that it cannot be opened, without the path", async () => {
  const failure = await openLedger({ address: join(folder, "data"), token: null }).catch((error: Error) => error);
  expect(failure).toMatchObject({ code: "LEDGER_UNAVAILABLE", retryable: true });
  expect((failure as Error).message).not.toContain(folder);
});
