/** Where a picture's bytes come from, or a PDF's. A `data:` URL is decoded, any other fetched. */
export type ImageSource =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "base64"; readonly base64: string }
  | { readonly kind: "upload"; readonly uploadId: string };

export interface TextItem {
  readonly kind: "text";
  readonly key: string | null;
  readonly text: string;
  readonly metadata: unknown;
}

export interface ImageItem {
  readonly kind: "image";
  readonly key: string | null;
  readonly source: ImageSource;
  readonly caption: string | null;
  readonly metadata: unknown;
}

/** A PDF: each of its pages becomes a document, or two. */
export interface PdfItem {
  readonly kind: "pdf";
  readonly key: string | null;
  readonly source: ImageSource;
  /** Whether each page is stored as a picture too. */
  readonly pictures: boolean;
  readonly metadata: unknown;
}

/** What is to be stored: plain data, as it came in. */
export type Item = TextItem | ImageItem;
/** What only the background takes besides. */
export type JobItemInput = Item | PdfItem;
