import { AppError } from "../errors";
import type { PdfText } from "../ports/pdf-reader";
import { invalidPdf } from "./invalid-pdf";
import { withPdf, type PdfLimits } from "./open-pdf";
import { pageText } from "./page-text";
import type { Pdfjs, PDFDocumentProxy } from "./pdfjs";

/** Characters of all pages together: some ten thousand pages of a novel. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
const MAX_TITLE_LENGTH = 200;

/** All of a PDF's text. Throws INVALID_PDF, UNSUPPORTED_MEDIA_TYPE or TOO_LARGE. */
export const readPdf = (pdfjs: Pdfjs, file: Uint8Array, limits: PdfLimits): Promise<PdfText> =>
  withPdf(pdfjs, file, limits, async (document) => {
    const pages: string[] = [];
    let characters = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const text = await textOf(document, number);
      characters += text.length;
      if (characters > MAX_CHARACTERS) throw tooMuchText();
      pages.push(text);
    }
    return { title: await titleOf(document), pages };
  });

async function textOf(document: PDFDocumentProxy, number: number): Promise<string> {
  try {
    const page = await document.getPage(number);
    const text = await pageText(page);
    page.cleanup();
    return text;
  } catch (cause) {
    throw invalidPdf(`page ${number} is missing or broken. Open it in a viewer and save or print it anew`, cause);
  }
}

async function titleOf(document: PDFDocumentProxy): Promise<string | null> {
  const { info } = await document.getMetadata();
  const { Title: given } = info as { Title?: unknown };
  if (typeof given !== "string") return null;
  const title = given
    .slice(0, MAX_TITLE_LENGTH)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, " ")
    .trim();
  return title === "" ? null : title;
}

const tooMuchText = (): AppError =>
  new AppError("TOO_LARGE", `The PDF has more than ${MAX_CHARACTERS} characters of text. Split it.`);
