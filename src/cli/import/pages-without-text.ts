import { isPdf } from "../../ingestion/local/local-file";
import { nameOf, type Entry } from "./entry";
import { ingestionItems } from "./ingestion-items";
import { PDF_ITEMS } from "./operations";
import type { Part } from "./parts";
import type { ServerClient } from "./server-client";

/** A PDF of which pages are stored neither as text nor as picture. */
export interface PagesWithoutText {
  /** As its importer knows it: "papers/scan.pdf". */
  readonly name: string;
  /** Their numbers, from 1. */
  readonly pages: readonly number[];
}

/** Those of an ingestion's items that are over; asked only where there are PDFs in it. */
export async function* pagesWithoutText(
  { entries }: Part,
  client: ServerClient,
  ingestionId: string,
): AsyncGenerator<PagesWithoutText> {
  if (!entries.some(isTextPdf)) return;
  for await (const { index, outcome } of ingestionItems(client, PDF_ITEMS, ingestionId)) {
    const [entry, pages] = [entries[index]!, outcome?.pdf?.withoutText ?? []];
    if (isTextPdf(entry) && pages.length > 0) yield { name: nameOf(entry.origin), pages };
  }
}

/** Whether only the texts of its pages are asked for. */
const isTextPdf = ({ file, item }: Entry): boolean =>
  item.pictures !== true && (item.pdf !== undefined || (file !== null && isPdf(file)));
