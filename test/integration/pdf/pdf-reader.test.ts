import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { AppError } from "../../../src/errors";
import { ProcessPdfReader } from "../../../src/pdf/pdf-reader";
import { silent } from "../../support/models";
import { bombObject, makePdf, pageObject, pdfOf, streamObject } from "../../support/pdfs";

const reader = new ProcessPdfReader({
  maxPdfBytes: 2_000_000,
  maxPdfPages: 20,
  maxMemoryBytes: 500 * 1_048_576,
  deadlineMs: 30_000,
  log: silent,
});
afterAll(() => reader.close());

const CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>";
const ONE_PAGE = "<< /Type /Pages /Count 1 /Kids [5 0 R] >>";
/** One page whose content, and what else there is, are given. */
const onePage = (content: string, ...others: string[]) =>
  pdfOf([CATALOGUE, ONE_PAGE, "<< >>", "<< >>", pageObject(6), content, ...others]);
/** What a file fails with: "CODE message". */
const failure = (file: Uint8Array): Promise<string> =>
  reader.read(file).then(
    (text) => `read: ${JSON.stringify(text)}`,
    (error: AppError) => `${error.code} ${error.message}`,
  );

it("reads each page's text in lines, and the title", async () => {
  const file = makePdf({ title: "On (cats)", pages: ["A red cat\nsits (there) \\ here", "", "The end"] });
  expect(await reader.read(file)).toEqual({
    title: "On (cats)",
    pages: ["A red cat\nsits (there) \\ here", "", "The end"],
  });
});

it("reads a standard font's accents and ligatures, and a file without a title", async () => {
  const file = makePdf({ pages: ["caf\xe9 na\xefve"] });
  expect(await reader.read(file)).toEqual({ title: null, pages: ["café naïve"] });
});

it("reads what compressed streams hold, and passes over what stands off the page", async () => {
  const packed = deflateSync("BT /F1 12 Tf 72 720 Td (near) Tj ET").toString("latin1");
  const far = "BT /F1 12 Tf 5000 5000 Td (far away) Tj ET";
  const file = pdfOf([
    CATALOGUE,
    ONE_PAGE,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< >>",
    pageObject(6).replace("6 0 R", "[6 0 R 7 0 R]"),
    streamObject(packed, "/Filter /FlateDecode"),
    streamObject(far),
  ]);
  expect((await reader.read(file)).pages).toEqual(["near"]);
});

it("draws pages with their text and colours, as large as a person reads them", async () => {
  const file = makePdf({ pages: ["A line of words at the top", ""] });
  const [words, square] = await Promise.all((await reader.draw(file, 1, 2)).map((png) => sharp(png)));
  expect(await words!.metadata()).toMatchObject({ format: "png", width: 1_236, height: 1_600 });
  const darkest = async (top: number) => {
    const cut = await words!.clone().extract({ left: 100, top, width: 600, height: 100 }).raw().toBuffer();
    return cut.reduce((a, b) => Math.min(a, b));
  };
  expect(await darkest(100)).toBeLessThan(64);
  expect(await darkest(800)).toBe(255);
  const { data, info } = await square!.raw().toBuffer({ resolveWithObject: true });
  const at = (info.width * 1_200 + 400) * info.channels;
  expect([...data.subarray(at, at + 3)]).toEqual([51, 102, 204]);
});

const whole = makePdf({ pages: ["a", "b", "c"] });
const encryption = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${"11".repeat(32)}> /U <${"22".repeat(32)}> /P -4 >>`;

it.each<[string, Uint8Array, RegExp]>([
  ["an empty file", new Uint8Array(0), /^INVALID_PDF .*is empty/],
  ["a web page", Buffer.from("<!doctype html><p>no"), /^UNSUPPORTED_MEDIA_TYPE .*a web page, not a PDF/],
  ["a picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), /^UNSUPPORTED_MEDIA_TYPE .*a picture \(png\), not a PDF/],
  ["one that is cut off", whole.subarray(0, whole.length - 300), /^INVALID_PDF .*cut off.*Send the whole file/],
  [
    "one with a hole",
    Buffer.concat([whole.subarray(0, 400), whole.subarray(-300)]),
    /^INVALID_PDF .*page \d is missing or broken/,
  ],
  [
    "nonsense between head and end",
    Buffer.from(`%PDF-1.7\n${"nonsense ".repeat(500)}\n%%EOF`),
    /^INVALID_PDF .*broken/,
  ],
  [
    "one with a password",
    pdfOf(
      [CATALOGUE, ONE_PAGE, "<< >>", "<< >>", pageObject(6), streamObject("")],
      `${encryption} /ID [<${"33".repeat(16)}> <${"33".repeat(16)}>]`,
    ),
    /^INVALID_PDF .*password. Save a copy without one/,
  ],
  [
    "too many pages",
    makePdf({ pages: Array<string>(21).fill("x") }),
    /^TOO_LARGE .*21 pages; at most 20.*MAX_PDF_PAGES/,
  ],
  ["too many bytes", new Uint8Array(2_000_001), /^TOO_LARGE .*2000001 bytes; at most 2000000.*MAX_PDF_BYTES/],
  [
    "a page tree that is its own branch",
    pdfOf([CATALOGUE, "<< /Type /Pages /Count 3 /Kids [2 0 R] >>", "<< >>", "<< >>"]),
    /^INVALID_PDF/,
  ],
  ["references in a circle", pdfOf([CATALOGUE, "3 0 R", "2 0 R", "<< >>"]), /^INVALID_PDF/],
  [
    "lists in lists, 200,000 deep",
    pdfOf([`<< /Type /Catalog /Pages 2 0 R /X ${"[".repeat(200_000)} >>`, ONE_PAGE, "<< >>", "<< >>", pageObject(6)]),
    /^INVALID_PDF/,
  ],
])("refuses %s and says what to do", async (_what, file, said) => {
  expect(await failure(file)).toMatch(said);
});

it.each<[string, Uint8Array]>([
  ["a form that draws itself", onePage(streamObject("/A Do"), streamObject("/A Do", "/Type /XObject /Subtype /Form"))],
  [
    "a page tree that counts a thousand million",
    pdfOf([
      CATALOGUE,
      "<< /Type /Pages /Count 1000000000 /Kids [5 0 R] >>",
      "<< >>",
      "<< >>",
      pageObject(6),
      streamObject(""),
    ]),
  ],
  ["content that opens 500,000 lists", onePage(streamObject("[".repeat(500_000)))],
])("reads %s as far as viewers do", async (_what, file) => {
  expect(await reader.read(file)).toEqual({ title: null, pages: [""] });
});

it("stops what unpacks to gigabytes, and reads the next one", async () => {
  const bomb = onePage(bombObject(500_000_000));
  expect(bomb.length).toBeLessThan(5_000);
  const [said, next] = await Promise.all([failure(bomb), reader.read(makePdf({ pages: ["next"] }))]);
  expect(said).toMatch(/^TOO_LARGE .*too much memory. Split it, or raise PDF_MEMORY_MB/);
  expect(next.pages).toEqual(["next"]);
});

it("stops what takes too long", async () => {
  const hasty = new ProcessPdfReader({
    maxPdfBytes: 50_000_000,
    maxPdfPages: 2_000,
    maxMemoryBytes: 1_024 * 1_048_576,
    deadlineMs: 100,
    log: silent,
  });
  const long = makePdf({ pages: Array<string>(2_000).fill("words ".repeat(20)) });
  await expect(hasty.read(long)).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringContaining("PDF_DEADLINE_MS"),
  });
  await hasty.close();
  await expect(hasty.read(long)).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
});
