import { createHash } from "node:crypto";

export type Modality = "text" | "image";
export const MODALITIES: readonly Modality[] = ["text", "image"];

/** A unit vector (L2 norm 1) of the encoder's dimension. */
export type Vector = Float32Array;

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type Metadata = { readonly [key: string]: JsonValue };

/** What every stored document has. */
interface DocumentFields {
  /** 40 lowercase hex digits, unique over all tenants; see `documentId`. */
  readonly id: string;
  readonly tenant: string;
  /** The client's own identifier, unique in its tenant; null: the id comes from the content. */
  readonly key: string | null;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  /** SHA-256 of the content as it came in (a text's UTF-8 bytes, a picture's file), 64 hex digits. */
  readonly contentHash: string;
}

export interface TextDocument extends DocumentFields {
  readonly modality: "text";
  readonly text: string;
  /** True when the model saw only the beginning; false where it saw all, at once or in passages. */
  readonly truncated: boolean;
}

export interface ImageDocument extends DocumentFields {
  readonly modality: "image";
  readonly caption: string | null;
  /** Where the picture was fetched from, if it was. */
  readonly sourceUrl: string | null;
  /** Size in pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** Of the cleaned copy that the media store keeps. */
  readonly mediaType: string;
}

export type Document = TextDocument | ImageDocument;

/** A piece of a text: UTF-16 offsets as JavaScript counts them, `end` behind its last character. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** A passage with its unit vector. */
export interface EmbeddedPassage extends Passage {
  readonly vector: Vector;
}

/** A document with the unit vector that stands for it in the collection. */
export interface EmbeddedDocument<D extends Document = Document> {
  readonly document: D;
  readonly vector: Vector;
  /** Of a long text, from its start to its end; left out: there are none. */
  readonly passages?: readonly EmbeddedPassage[];
}

export const contentHash = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The stable id of a document: from its key where the client gave one, else from its content, so that the same thing
 * twice is one document. Uniform over its range, which paging relies on.
 */
export function documentId(tenant: string, modality: Modality, key: string | null, hash: string): string {
  const name = key === null ? ["content", tenant, modality, hash] : ["key", tenant, key];
  return createHash("sha256").update(JSON.stringify(name)).digest("hex").slice(0, 40);
}

/** Names a document as long as it has this content: what the ids of its passages begin with. */
export const passagesOwner = ({ id, contentHash: hash }: Pick<Document, "id" | "contentHash">): string =>
  `${id}:${hash.slice(0, 12)}`;

/** Names a passage of a document as long as the document has this content. */
export const passageId = (document: Pick<Document, "id" | "contentHash">, { start, end }: Passage): string =>
  `${passagesOwner(document)}:${start}-${end}`;

/** What the id of a passage says of it. */
export interface PassageName extends Passage {
  readonly documentId: string;
  /** As `passagesOwner` names it. */
  readonly owner: string;
}

/** Read by places, since a search has some hundred of them. */
export function readPassageId(id: string): PassageName {
  const dash = id.indexOf("-", OWNER_LENGTH);
  return {
    documentId: id.slice(0, ID_LENGTH),
    owner: id.slice(0, OWNER_LENGTH),
    start: Number(id.slice(OWNER_LENGTH + 1, dash)),
    end: Number(id.slice(dash + 1)),
  };
}

const ID_LENGTH = 40;
const OWNER_LENGTH = ID_LENGTH + 1 + 12;
const PASSAGE_ID = /^[0-9a-f]{40}:[0-9a-f]{12}:\d{1,9}-\d{1,9}$/;

/** Whether an id is a passage's. */
export const isPassageId = (id: string): boolean => PASSAGE_ID.test(id);

/** Whether a value can be a document's id at all: 40 lowercase hex digits. */
export const isDocumentId = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{40}$/.test(value);
