import { deflateSync } from "node:zlib";

/** What is to stand in a PDF: texts, one a page, "" for a page without any; line feeds begin lines. */
export interface PdfContent {
  readonly pages: readonly string[];
  readonly title?: string;
  /** From line to line, in points; a page is 792 high. */
  readonly leading?: number;
}

/** A PDF by hand: a catalogue, a page tree, Helvetica, a content stream for each page, cross-references. */
export function makePdf({ pages, title, leading = 14 }: PdfContent): Uint8Array<ArrayBuffer> {
  const kids = pages.map((_, i) => `${5 + 2 * i} 0 R`).join(" ");
  return pdfOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    title === undefined ? "<< >>" : `<< /Title (${escaped(title)}) >>`,
    ...pages.flatMap((text, i) => [pageObject(6 + 2 * i), streamObject(contentOf(text, leading))]),
  ]);
}

/** Objects, numbered from 1, as a file; the first is the catalogue, the fourth tells of the document. */
export function pdfOf(objects: readonly string[], trailer = ""): Uint8Array<ArrayBuffer> {
  let file = "%PDF-1.7\n";
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}`;
  const end = `trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file + table + end, "latin1"));
}

export const pageObject = (content: number, mediaBox = "0 0 612 792"): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [${mediaBox}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${content} 0 R >>`;

export const streamObject = (content: string, entries = ""): string =>
  `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;

/** A stream of so many zero bytes, packed twice: a few thousand bytes for a thousand million. */
export function bombObject(bytes: number): string {
  const packed = deflateSync(deflateSync(Buffer.alloc(bytes), { level: 9 }), { level: 9 });
  return streamObject(packed.toString("latin1"), "/Filter [/FlateDecode /FlateDecode]");
}

const escaped = (text: string): string => text.replaceAll(/[\\()]/g, String.raw`\$&`);

function contentOf(text: string, leading: number): string {
  if (text === "") return "0.2 0.4 0.8 rg 100 100 300 300 re f";
  const lines = text.split("\n").map((line) => `(${escaped(line)}) Tj T*`);
  return `BT /F1 12 Tf ${leading} TL 72 720 Td ${lines.join(" ")} ET`;
}
