import { AppError } from "../errors";
import { sniff } from "../documents/sniff";
import { invalidPdf } from "./invalid-pdf";
import { SAFE_OPTIONS, type Pdfjs, type PDFDocumentProxy } from "./pdfjs";

export interface PdfLimits {
  readonly maxPdfBytes: number;
  readonly maxPdfPages: number;
}

/** Where the header must begin and the end must stand: readers are lenient, and so are we. */
const HEAD_BYTES = 1_024;
const TAIL_BYTES = 4_096;

/** Opens a PDF, gives it to `use` and closes it. Throws INVALID_PDF, UNSUPPORTED_MEDIA_TYPE, TOO_LARGE and what `use` throws. */
export async function withPdf<T>(
  pdfjs: Pdfjs,
  file: Uint8Array,
  limits: PdfLimits,
  use: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  checkFile(file, limits);
  // The library takes the bytes it is given for its own.
  const task = pdfjs.getDocument({ ...SAFE_OPTIONS, data: new Uint8Array(file) });
  try {
    const document = await task.promise;
    checkPages(document.numPages, limits);
    return await use(document);
  } catch (thrown) {
    throw toFailure(thrown);
  } finally {
    await task.destroy();
  }
}

function checkFile(file: Uint8Array, { maxPdfBytes }: PdfLimits): void {
  if (file.byteLength === 0) throw invalidPdf("the file is empty");
  if (file.byteLength > maxPdfBytes)
    throw new AppError(
      "TOO_LARGE",
      `The PDF has ${file.byteLength} bytes; at most ${maxPdfBytes} are taken. Split it, or raise MAX_PDF_BYTES.`,
    );
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, HEAD_BYTES).includes("%PDF-")) throw noPdf(file);
  const end = bytes.subarray(-TAIL_BYTES).toString("latin1").trimEnd();
  if (!end.includes("%%EOF")) throw invalidPdf("it is cut off: its end is missing. Send the whole file");
}

function noPdf(file: Uint8Array): AppError {
  const sniffed = sniff(file);
  const what = "format" in sniffed ? `a picture (${sniffed.format})` : sniffed.looksLike;
  return new AppError("UNSUPPORTED_MEDIA_TYPE", `By its first bytes it is ${what}, not a PDF.`);
}

function checkPages(pages: number, { maxPdfPages }: PdfLimits): void {
  if (!Number.isInteger(pages) || pages < 1) throw invalidPdf("it has no pages");
  if (pages <= maxPdfPages) return;
  throw new AppError(
    "TOO_LARGE",
    `The PDF has ${pages} pages; at most ${maxPdfPages} are taken. Split it, or raise MAX_PDF_PAGES.`,
  );
}

function toFailure(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { name } = Object(thrown) as { name?: unknown };
  if (name === "PasswordException") {
    return invalidPdf("it wants a password. Save a copy without one", thrown);
  }
  return invalidPdf("its structure is broken. Open it in a viewer and save or print it anew", thrown);
}
