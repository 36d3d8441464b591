import {
  contentHash,
  documentId,
  type EmbeddedDocument,
  type ImageDocument,
  type Vector,
} from "../../documents/document";
import type { DecodedImage } from "../../ports/image-decoder";
import type { ImageItem } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import { isBlank } from "../../documents/normal-form";
import { checkMetadata } from "./check-metadata";
import { checkKey, checkText } from "./check-text";
import { isDataUrl } from "../sources/read-inline";
import type { DraftFields } from "./draft-fields";

export interface ImageDraft extends DraftFields {
  readonly modality: "image";
  readonly tenant: string;
  readonly bytes: Uint8Array;
  complete(image: DecodedImage, vector: Vector): EmbeddedDocument;
}

/** What came inside of its URL was not fetched from anywhere. */
const addressOf = (url: string): string | null => (isDataUrl(url) ? null : new URL(url).href);

type Appearance = Pick<ImageDocument, "width" | "height" | "mediaType">;

/** A picture that may be stored once it is decoded. Throws INVALID_TEXT, TOO_LARGE, INVALID_KEY or INVALID_METADATA. */
export function imageDraft(tenant: string, item: ImageItem, bytes: Uint8Array, limits: Limits): ImageDraft {
  const { source } = item;
  const caption = item.caption === null || isBlank(item.caption) ? null : item.caption;
  if (caption !== null) checkText(caption, limits.maxTextBytes, "caption");
  const key = checkKey(item.key, limits.maxKeyBytes);
  const metadata = checkMetadata(item.metadata, limits);
  const hash = contentHash(bytes);
  const id = documentId(tenant, "image", key, hash);
  const sourceUrl = source.kind === "url" ? addressOf(source.url) : null;
  const createdAt = new Date();
  const fields = {
    modality: "image",
    id,
    tenant,
    key,
    metadata,
    createdAt,
    contentHash: hash,
    caption,
    sourceUrl,
  } as const;
  const document = ({ width, height, mediaType }: Appearance): ImageDocument => ({
    width,
    height,
    mediaType,
    ...fields,
  });
  return {
    modality: "image",
    id,
    key,
    tenant,
    bytes,
    contentHash: hash,
    replaces: key !== null,
    complete: (image, vector) => ({ document: document(image), vector }),
    reuse: ({ document: stored, vector }) =>
      stored.modality === "image" ? { document: document(stored), vector } : null,
  };
}
