import "reflect-metadata";
import { IngestionFieldsResolver } from "../../../../src/graphql/ingestion/ingestion-fields.resolver";
import type { Job, PdfInWork } from "../../../../src/ports/ledger";

const pdf = (pagesDone: number): PdfInWork => ({ index: 0, key: null, title: null, pages: 100, pagesDone });
const secondsLeft = (itemsPerSecond: number | null, ...pdfsInWork: PdfInWork[]) =>
  new IngestionFieldsResolver().secondsLeft({
    id: "0".repeat(32),
    tenant: "default",
    requestId: null,
    state: "running",
    total: 12,
    counts: { pending: 10, ingested: 2, duplicate: 0, failed: 0, cancelled: 0 },
    itemsPerSecond,
    createdAt: new Date(0),
    finishedAt: null,
    pdfsInWork,
  } satisfies Job);

it("tells how long what is pending takes at the rate, without the pages that are done", () => {
  expect(secondsLeft(2)).toBe(5);
  expect(secondsLeft(0.5, pdf(50), pdf(100))).toBeCloseTo(17);
});

it("tells nothing without a rate", () => {
  expect(secondsLeft(null)).toBeNull();
  expect(secondsLeft(0, pdf(10))).toBeNull();
});
