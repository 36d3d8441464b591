import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "../../src/ledger/open-ledger";
import { ledgerContract } from "./ledger.suite";

const folder = mkdtempSync(join(tmpdir(), "parallax ledger#é%-"));
const open = () => openLedger({ address: join(folder, "data", "ledger.db"), token: null });
afterAll(() => rmSync(folder, { recursive: true }));

describe("a libSQL file", () => {
  ledgerContract(open);
});

it("says that it cannot be opened, without the path", async () => {
  const failure = await openLedger({ address: join(folder, "data"), token: null }).catch((error: Error) => error);
  expect(failure).toMatchObject({ code: "LEDGER_UNAVAILABLE", retryable: true });
  expect((failure as Error).message).not.toContain(folder);
});
