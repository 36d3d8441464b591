import type { Metadata } from "./document";

/** A page of a PDF that the media store keeps, as the metadata of its documents says. */
export interface PdfPage {
  /** SHA-256 of the file, 64 hex digits. */
  readonly pdf: string;
  /** As the file names itself; null: it does not. */
  readonly title: string | null;
  /** Number of the page, from 1. */
  readonly page: number;
  /** How many the PDF has. */
  readonly pages: number;
}

/** What the server writes into the metadata of a page's documents, beside the client's own. */
export const PAGE_KEYS = ["pdf", "pdfTitle", "pdfPage", "pdfPages"] as const;

/** Those facts, flat, since filters and groups look at the top level. */
export const pageMetadata = ({ pdf, title, page, pages }: PdfPage): Metadata => ({
  pdf,
  ...(title === null ? {} : { pdfTitle: title }),
  pdfPage: page,
  pdfPages: pages,
});

/** The page that a document is of; null: it is of none. */
export function pdfPageOf(metadata: Metadata): PdfPage | null {
  const { pdf, pdfTitle: title, pdfPage: page, pdfPages: pages } = metadata;
  if (typeof pdf !== "string" || !/^[0-9a-f]{64}$/.test(pdf) || !isCount(page) || !isCount(pages)) return null;
  return { pdf, title: typeof title === "string" ? title : null, page, pages };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1;
