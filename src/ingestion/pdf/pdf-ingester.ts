import { contentHash, documentId } from "../../documents/document";
import type { PdfItem } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import { isBlank } from "../../documents/normal-form";
import type { PdfPage } from "../../documents/pdf-page";
import { AppError, failed, succeeded, toAppError, unwrap, type Outcome } from "../../errors";
import type { DocumentStore } from "../../ports/document-store";
import { pictureShapeOf, type Encoder } from "../../ports/encoder";
import type { Intention, PagesProgress } from "../../ports/ledger";
import type { PdfReader, PdfText } from "../../ports/pdf-reader";
import type { Draft } from "../drafts/draft";
import type { Ingester } from "../ingester";
import type { Ingested } from "../intake";
import { KeyedLock } from "../keyed-lock";
import { keptPdf } from "../pictures/pictures-of";
import type { SourceReader } from "../sources/source-reader";
import { checkPdfItem } from "./check-pdf-item";
import { pageBatches } from "./page-batches";
import { nameOf, pictureKey, picturePageDraft, textKey, textPageDraft, type PageSource } from "./page-drafts";

/** Pages that are stored at once, at most; of pictures fewer, since each is drawn, decoded and held. */
const TEXTS_AT_ONCE = 32;
const PICTURES_AT_ONCE = 8;
const LOOKED_UP_AT_ONCE = 1_000;

export interface PdfIngesterParts {
  readonly ingester: Pick<Ingester, "store" | "deleteDocuments">;
  readonly reader: PdfReader;
  readonly sources: SourceReader;
  readonly store: DocumentStore;
  readonly encoder: Encoder;
  readonly limits: Limits;
}

export interface PdfIngestOptions {
  /** The first document that an earlier try was about to create. */
  readonly intended: Intention | null;
  /** Told before documents are written; of the first of all, where that is new. Throws where nothing must be written. */
  readonly onCreating: (first: Intention | null) => Promise<void>;
  /** Told how far it is before each batch of pages. Throws where nothing must be written. */
  readonly onPages: (progress: PagesProgress) => Promise<void>;
}

/**
 * Takes PDFs in, page by page. Each page is a document of a key of its own, `<key or content hash>#page=3`, so that a PDF that
 * is taken in again, after a crash or anew, gives the same documents; what an earlier PDF of its key had besides is deleted.
 */
export class PdfIngester {
  /** Two PDFs of one name are stored one after the other, so that no page of the one is left among those of the other. */
  readonly #inWork = new KeyedLock();

  constructor(private readonly parts: PdfIngesterParts) {}

  /** What became of it. Where a page fails, those before it are stored. */
  async ingest(tenant: string, item: PdfItem, options: PdfIngestOptions): Promise<Outcome<Ingested>> {
    try {
      return succeeded(await this.#ingest(tenant, item, options));
    } catch (thrown) {
      return failed(toAppError(thrown, "INTERNAL_SERVER_ERROR", "The PDF could not be stored."));
    }
  }

  async #ingest(tenant: string, item: PdfItem, options: PdfIngestOptions): Promise<Ingested> {
    const { encoder, limits, reader, sources } = this.parts;
    const checked = checkPdfItem(item, limits);
    // Before anything is fetched.
    if (item.pictures) pictureShapeOf(encoder);
    const bytes = await sources.read(tenant, item.source, "PDF");
    const text = await reader.read(bytes);
    const source = { tenant, ...checked, limits, file: { key: keptPdf(tenant, contentHash(bytes)), bytes } };
    const texts = textDrafts(source, text);
    if (texts.size === 0 && !item.pictures) throw noText(text.pages.length);
    return this.#inWork.hold([`${tenant} ${nameOf(source)}`], async () => {
      const first = await this.#storePages(source, text, { texts, pictures: item.pictures }, options);
      if (checked.key !== null) await this.#removeOthers(source, texts, item.pictures ? text.pages.length : 0);
      return { ...first, pdf: { pages: text.pages.length, withoutText: withoutText(text, texts) } };
    });
  }

  /** What became of the first document, which stands for all. */
  async #storePages(
    source: PageSource,
    text: PdfText,
    wanted: { readonly texts: ReadonlyMap<number, Draft>; readonly pictures: boolean },
    options: PdfIngestOptions,
  ): Promise<Ingested> {
    let stored: Ingested | null = null;
    const [{ title }, pages] = [text, text.pages.length];
    const atOnce = wanted.pictures ? PICTURES_AT_ONCE : TEXTS_AT_ONCE;
    for (const { first, last } of pageBatches(text.pages, atOnce)) {
      // Not where the job is another's by now.
      await options.onPages({ title, pages, pagesDone: first - 1 });
      const drawn = wanted.pictures ? await this.#draw(source, text, first, last) : [];
      const drafts: PageDraft[] = [];
      for (let page = first; page <= last; page++) {
        const ofPage = [wanted.texts.get(page), drawn[page - first]];
        for (const draft of ofPage) if (draft !== undefined) drafts.push({ page, draft });
      }
      if (drafts.length === 0) continue;
      const results = await this.#store(source.tenant, drafts, stored === null, options);
      stored ??= results[0] ?? null;
    }
    return stored!;
  }

  async #draw(source: PageSource, text: PdfText, first: number, last: number): Promise<Draft[]> {
    const pictures = await this.parts.reader.draw(source.file.bytes, first, last);
    return pictures.map((png, i) => picturePageDraft(source, pageOf(source, text, first + i), png));
  }

  async #store(
    tenant: string,
    drafts: readonly PageDraft[],
    isFirst: boolean,
    { intended, onCreating }: PdfIngestOptions,
  ): Promise<Ingested[]> {
    const outcomes = await this.parts.ingester.store(
      tenant,
      drafts.map(({ draft }) => succeeded(draft)),
      {
        intended: (place) => (isFirst && place === 0 ? intended : null),
        onCreating: (creations) =>
          onCreating((isFirst && creations.find(({ place }) => place === 0)?.intention) || null),
      },
    );
    return outcomes.map((outcome, i) => unwrap(outcome.ok ? outcome : failed(onPage(drafts[i]!.page, outcome.error))));
  }

  /** Documents of an earlier PDF of the key that this one has no page for. */
  async #removeOthers(source: PageSource, texts: ReadonlyMap<number, Draft>, pictures: number): Promise<void> {
    const { store, ingester, limits } = this.parts;
    const [name, ids] = [nameOf(source), [] as string[]];
    const idOf = (key: string) => documentId(source.tenant, "text", key, "");
    for (let page = 1; page <= limits.maxPdfPages; page++) {
      if (!texts.has(page)) ids.push(idOf(textKey(name, page)));
      if (page > pictures) ids.push(idOf(pictureKey(name, page)));
    }
    for (let at = 0; at < ids.length; at += LOOKED_UP_AT_ONCE) {
      const some = ids.slice(at, at + LOOKED_UP_AT_ONCE);
      const found = (await store.read(source.tenant, some)).flatMap((one) => (one === null ? [] : [one.id]));
      if (found.length > 0) await ingester.deleteDocuments(source.tenant, { kind: "id", in: found });
    }
  }
}

interface PageDraft {
  readonly page: number;
  readonly draft: Draft;
}

const pageOf = (source: PageSource, { title, pages }: PdfText, page: number): PdfPage => ({
  pdf: source.file.key.contentHash,
  title,
  page,
  pages: pages.length,
});

/** Drafts of the pages that have a text, by their numbers; all of them before any is stored, since one that fails fails the PDF. */
function textDrafts(source: PageSource, text: PdfText): Map<number, Draft> {
  const drafts = new Map<number, Draft>();
  text.pages.forEach((words, i) => {
    if (isBlank(words)) return;
    try {
      drafts.set(i + 1, textPageDraft(source, pageOf(source, text, i + 1), words));
    } catch (thrown) {
      throw thrown instanceof AppError ? onPage(i + 1, thrown) : thrown;
    }
  });
  return drafts;
}

const withoutText = ({ pages }: PdfText, texts: ReadonlyMap<number, Draft>): number[] =>
  pages.flatMap((_, i) => (texts.has(i + 1) ? [] : [i + 1]));

const onPage = (page: number, error: AppError): AppError =>
  new AppError(error.code, `Page ${page}: ${error.message}`, { cause: error, retryable: error.retryable });

const noText = (pages: number): AppError =>
  new AppError(
    "INVALID_PDF",
    `None of the ${pages} pages has text, as in a scan. Ask for \`pictures\` of the pages, or put a text layer in (OCR).`,
  );
