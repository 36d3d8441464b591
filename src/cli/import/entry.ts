import type { ErrorCode } from "../../errors";
import type { LocalFile } from "../../ingestion/local/local-file";

/** Where an item comes from, as its importer knows it. */
export type Origin = { readonly file: string } | { readonly line: number };

export type ListSource = { readonly url: string } | { readonly base64: string } | { readonly uploadId: string };

/** A line of an NDJSON list as the server reads it. */
export interface ListItem {
  readonly text?: string;
  readonly image?: ListSource;
  readonly pdf?: ListSource;
  readonly key?: string;
  readonly caption?: string;
  /** Of a PDF: whether each page is stored as a picture too. */
  readonly pictures?: boolean;
  readonly metadata?: unknown;
}

/** An item to import; with a file, its `image` or `pdf` is still to come: the upload of that file. */
export interface Entry {
  readonly kind: "entry";
  readonly origin: Origin;
  readonly item: ListItem;
  readonly file: LocalFile | null;
}

/** An item that is not stored, and why. */
export interface Failure {
  readonly kind: "failure";
  readonly origin: Origin;
  readonly key: string | null;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}

/** What a source holds, in order; `other`: a file that is neither picture nor PDF, `passedOver`: a folder that is not looked into. */
export type Found =
  Entry | Failure | { readonly kind: "other" } | { readonly kind: "passedOver"; readonly folder: string };

/** Whether it counts as an item. */
export const isItem = (found: Found): found is Entry | Failure => found.kind === "entry" || found.kind === "failure";

/** What every item of a source gets. */
export interface Common {
  readonly keyPrefix: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Whether pages of PDFs are stored as pictures too. */
  readonly pagePictures: boolean;
}

// eslint-disable-next-line no-control-regex -- what a terminal acts upon instead of showing it
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/g;

/** A file's name on one line of a terminal. */
export const printable = (name: string): string =>
  name.replaceAll(CONTROL_CHARACTERS, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`);

export const nameOf = (origin: Origin): string => ("file" in origin ? printable(origin.file) : `line ${origin.line}`);
