import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Library from "pdfjs-dist/legacy/build/pdf.mjs";

export type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
export type Pdfjs = typeof Library;

const folder = dirname(require.resolve("pdfjs-dist/package.json"));
/** With "/" at its end, as the library wants it. */
const part = (name: string): string => `${join(folder, name)}/`;

/** Mozilla's pdf.js, in its form for Node. */
export const loadPdfjs = (): Promise<Pdfjs> =>
  import("pdfjs-dist/legacy/build/pdf.mjs").then((library) => {
    library.GlobalWorkerOptions.workerSrc = pathToFileURL(join(folder, "legacy/build/pdf.worker.mjs")).href;
    return library;
  });

/**
 * How strangers' files are opened: no code is made of what they hold, no forms, no scripts, and all fonts, character maps and
 * decoders come from the package's own folder.
 */
export const SAFE_OPTIONS = {
  verbosity: 0,
  isEvalSupported: false,
  enableXfa: false,
  useSystemFonts: false,
  disableFontFace: true,
  useWorkerFetch: false,
  disableAutoFetch: true,
  disableStream: true,
  stopAtErrors: false,
  standardFontDataUrl: part("standard_fonts"),
  cMapUrl: part("cmaps"),
  cMapPacked: true,
  wasmUrl: part("wasm"),
  iccUrl: part("iccs"),
} as const;
