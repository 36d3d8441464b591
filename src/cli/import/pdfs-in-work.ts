import { nameOf } from "./entry";
import type { Ingestion } from "./operations";
import type { Part } from "./parts";

/** A PDF whose pages the server is storing. */
export interface PdfInWork {
  /** As its importer knows it: "papers/scan.pdf". */
  readonly name: string;
  readonly pages: number;
  readonly pagesDone: number;
}

/** Characters of a name that have room in a line of progress. */
const LONGEST_NAME = 40;

/** Those of the ingestion that a part became. */
export const pdfsInWork = ({ entries }: Part, ingestion: Ingestion): PdfInWork[] =>
  ingestion.pdfsInWork.map(({ index, ...rest }) => ({ name: nameOf(entries[index]!.origin), ...rest }));

/** How far they are: "32 of 1000 pages of scan.pdf", "64 of 2400 pages of 3 PDFs". */
export function pagesInWords(pdfs: readonly PdfInWork[]): string {
  const sum = (count: (pdf: PdfInWork) => number) => pdfs.reduce((total, pdf) => total + count(pdf), 0);
  const which = pdfs.length === 1 ? endOf(pdfs[0]!.name) : `${pdfs.length} PDFs`;
  return `${sum(({ pagesDone }) => pagesDone)} of ${sum(({ pages }) => pages)} pages of ${which}`;
}

/** How much of them is done, each as one. */
export const begunOf = (pdfs: readonly PdfInWork[]): number =>
  pdfs.reduce((sum, { pages, pagesDone }) => sum + pagesDone / pages, 0);

const endOf = (name: string): string => {
  const characters = [...name];
  return characters.length <= LONGEST_NAME ? name : `…${characters.slice(1 - LONGEST_NAME).join("")}`;
};
