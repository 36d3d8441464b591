import type { PDFPageProxy } from "./pdfjs";

/** A page's text in lines, without what cannot be stored; "" where it has none. */
export async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  const text = items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- what fonts without a character map leave, which no text needs
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replaceAll(/[ \t\u00a0]+$/gm, "")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim()
  );
}
