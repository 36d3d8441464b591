import type { Entry } from "../../../../src/cli/import/entry";
import type { Ingestion } from "../../../../src/cli/import/operations";
import { begunOf, pagesInWords, pdfsInWork } from "../../../../src/cli/import/pdfs-in-work";
import { Tally } from "../../../../src/cli/import/tally";

const entryOf = (file: string): Entry => ({ kind: "entry", origin: { file }, item: {}, file: null });
const part = { requestId: "r", entries: ["note.txt", "papers/a\nscan.pdf", "b.pdf"].map(entryOf) };
const ingestion = (id: string, pdfs: Ingestion["pdfsInWork"]): Ingestion => ({
  id,
  state: "RUNNING",
  total: 3,
  ingested: 0,
  duplicates: 0,
  failed: 0,
  cancelled: 0,
  pdfsInWork: pdfs,
});
const first = ingestion("1", [{ index: 1, pages: 1_000, pagesDone: 32 }]);
const second = ingestion("2", [{ index: 2, pages: 40, pagesDone: 8 }]);

it("names a PDF in work as its importer knows it, on one line", () => {
  expect(pagesInWords(pdfsInWork(part, first))).toBe(String.raw`32 of 1000 pages of papers/a\x0ascan.pdf`);
});

it("keeps the end of a long name", () => {
  const words = pagesInWords([{ name: `${"folder/".repeat(30)}scan.pdf`, pages: 2, pagesDone: 1 }]);
  expect(words).toMatch(/^1 of 2 pages of ….*\/scan\.pdf$/);
  expect(words.length).toBeLessThan(60);
});

it("sums up those of several ingestions, as long as they are under way", () => {
  const tally = new Tally();
  for (const one of [first, second]) tally.update(one, 0, pdfsInWork(part, one));
  expect(pagesInWords(tally.pdfsInWork)).toBe("40 of 1040 pages of 2 PDFs");
  expect(begunOf(tally.pdfsInWork)).toBeCloseTo(0.032 + 0.2);
  tally.finish(first);
  expect(pagesInWords(tally.pdfsInWork)).toBe("8 of 40 pages of b.pdf");
});
