import type { Document, EmbeddedDocument, Metadata } from "../../documents/document";
import type { SparseDocument } from "../../documents/sparse-document";
import { metadataTerms } from "./metadata-terms";

/** A row as Milvus takes and gives it. Int64 comes back as a string. */
export interface MilvusRow {
  readonly id: string;
  readonly tenant: string;
  readonly key: string;
  readonly modality: string;
  readonly created_at: string | number;
  readonly content_hash: string;
  readonly text: string;
  readonly truncated: boolean;
  readonly source_url: string;
  readonly media_type: string;
  readonly width: number;
  readonly height: number;
  readonly metadata: Metadata;
  readonly vector: readonly number[];
}

/** Every field is written, since Lite's upsert keeps old values of what a row leaves out. */
export function toRow({ document, vector }: EmbeddedDocument): MilvusRow & { metadata_terms: string[] } {
  return {
    id: document.id,
    tenant: document.tenant,
    key: document.key ?? "",
    created_at: document.createdAt.getTime(),
    content_hash: document.contentHash,
    metadata: document.metadata,
    metadata_terms: metadataTerms(document.metadata),
    modality: document.modality,
    ...(document.modality === "text"
      ? { text: document.text, truncated: document.truncated, source_url: "", media_type: "", width: 0, height: 0 }
      : {
          text: document.caption ?? "",
          truncated: false,
          source_url: document.sourceUrl ?? "",
          media_type: document.mediaType,
          width: document.width,
          height: document.height,
        }),
    vector: Array.from(vector),
  };
}

/** A row with the columns that were asked for. */
type SparseRow = Partial<MilvusRow> & Pick<MilvusRow, "id" | "content_hash">;

/** Whose row it is and what it is, where its columns do not say. */
interface Known {
  readonly tenant: string;
  readonly modality: string;
}

/** "" stands for none. */
const orNull = (value: string | undefined): string | null | undefined => (value === "" ? null : value);

/** A document of the columns that are there; the others stay undefined. */
export function toSparse(row: SparseRow, { tenant, modality }: Known): SparseDocument {
  const createdAt = row.created_at === undefined ? undefined : new Date(Number(row.created_at));
  // Written out twice, since a search makes dozens of them and copying fields over doubles its garbage.
  if (modality === "text") {
    return {
      id: row.id,
      tenant,
      key: orNull(row.key),
      metadata: row.metadata,
      createdAt,
      contentHash: row.content_hash,
      modality: "text",
      text: row.text,
      truncated: row.truncated,
    };
  }
  return {
    id: row.id,
    tenant,
    key: orNull(row.key),
    metadata: row.metadata,
    createdAt,
    contentHash: row.content_hash,
    modality: "image",
    caption: orNull(row.text),
    sourceUrl: orNull(row.source_url),
    width: row.width,
    height: row.height,
    mediaType: row.media_type,
  };
}

/** A row of all columns is a whole document. */
export const toDocument = (row: MilvusRow): Document => toSparse(row, row) as Document;

export const toEmbedded = (row: MilvusRow): EmbeddedDocument => ({
  document: toDocument(row),
  vector: Float32Array.from(row.vector),
});
