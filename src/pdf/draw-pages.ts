import { createCanvas } from "@napi-rs/canvas";
import { invalidPdf } from "./invalid-pdf";
import { withPdf, type PdfLimits } from "./open-pdf";
import type { Pdfjs, PDFDocumentProxy } from "./pdfjs";

/** Pixels of a drawn page's longer side: models see 224 to 512, people read it. */
const LONGER_SIDE = 1_600;

/** Pages of a PDF as PNG files. Throws INVALID_PDF, UNSUPPORTED_MEDIA_TYPE or TOO_LARGE. */
export const drawPages = (
  pdfjs: Pdfjs,
  file: Uint8Array,
  limits: PdfLimits,
  [first, last]: readonly [first: number, last: number],
): Promise<Uint8Array[]> =>
  withPdf(pdfjs, file, limits, async (document) => {
    const pictures: Uint8Array[] = [];
    for (let number = first; number <= last; number++) pictures.push(await draw(document, number));
    return pictures;
  });

async function draw(document: PDFDocumentProxy, number: number): Promise<Uint8Array> {
  try {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: LONGER_SIDE / Math.max(width, height) });
    const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
    await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport, background: "#ffffff" }).promise;
    page.cleanup();
    return await canvas.encode("png");
  } catch (cause) {
    throw invalidPdf(`page ${number} cannot be drawn. Open it in a viewer and save or print it anew`, cause);
  }
}
