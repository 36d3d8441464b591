import { serveRequests } from "../processes/serve-requests";
import { stepBack } from "../processes/step-back";
import { watchMemory } from "../processes/watch-memory";
import type { PdfText } from "../ports/pdf-reader";
import { drawPages } from "./draw-pages";
import type { PdfLimits } from "./open-pdf";
import { loadPdfjs } from "./pdfjs";
import { readPdf } from "./read-pdf";

export type PdfRequest =
  | { readonly kind: "read"; readonly file: Uint8Array }
  | { readonly kind: "draw"; readonly file: Uint8Array; readonly first: number; readonly last: number };

export interface PdfProcessInit extends PdfLimits {
  readonly maxMemoryBytes: number;
}

type PdfAnswer = PdfText | Uint8Array[];

serveRequests<PdfProcessInit, null, PdfRequest, PdfAnswer>(async (init) => {
  // Who searches waits for no PDF.
  stepBack();
  await watchMemory(init.maxMemoryBytes);
  const pdfjs = await loadPdfjs();
  const handle = (request: PdfRequest): Promise<PdfAnswer> =>
    request.kind === "read"
      ? readPdf(pdfjs, request.file, init)
      : drawPages(pdfjs, request.file, init, [request.first, request.last]);
  return { ready: null, handle: (request) => handle(request).finally(() => setImmediate(() => globalThis.gc?.())) };
});
