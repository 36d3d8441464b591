import type { Metadata } from "../../documents/document";
import type { Limits } from "../../documents/limits";
import { pageMetadata, type PdfPage } from "../../documents/pdf-page";
import type { Draft } from "../drafts/draft";
import type { KeptFile } from "../drafts/draft-fields";
import { imageDraft } from "../drafts/image-draft";
import { textDraft } from "../drafts/text-draft";

/** What all pages of a PDF have in common. */
export interface PageSource {
  readonly tenant: string;
  /** The client's; null: the file's content hash stands for it. */
  readonly key: string | null;
  readonly metadata: Metadata;
  readonly file: KeptFile;
  readonly limits: Limits;
}

/** What keys of the pages begin with. */
export const nameOf = ({ key, file }: Pick<PageSource, "key" | "file">): string => key ?? file.key.contentHash;

export const textKey = (name: string, page: number): string => `${name}#page=${page}`;
export const pictureKey = (name: string, page: number): string => `${textKey(name, page)}&picture`;

/** A page's text. Throws TOO_LARGE, INVALID_KEY or INVALID_METADATA. */
export function textPageDraft(source: PageSource, page: PdfPage, text: string): Draft {
  const key = textKey(nameOf(source), page.page);
  const metadata = { ...source.metadata, ...pageMetadata(page) };
  return ofPdf(source, textDraft(source.tenant, { kind: "text", key, text, metadata }, source.limits));
}

/** A page as a picture. Throws INVALID_KEY or INVALID_METADATA. */
export function picturePageDraft(source: PageSource, page: PdfPage, png: Uint8Array): Draft {
  const key = pictureKey(nameOf(source), page.page);
  const metadata = { ...source.metadata, ...pageMetadata(page) };
  const item = { kind: "image", key, source: { kind: "base64", base64: "" }, caption: null, metadata } as const;
  return ofPdf(source, imageDraft(source.tenant, item, png, source.limits));
}

/** Without a key of the client's a page is as its content: there or not. */
const ofPdf = <D extends Draft>({ key, file }: PageSource, draft: D): D => ({ ...draft, replaces: key !== null, file });
