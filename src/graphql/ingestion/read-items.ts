import type { ImageItem, ImageSource as Source, PdfItem, TextItem } from "../../documents/item";
import { exactlyOne } from "../exactly-one";
import type { ImageInput, ImageSource, PdfInput, TextInput } from "./ingest.input";

export const textItem = ({ key, text, metadata }: TextInput): TextItem => ({
  kind: "text",
  key: key ?? null,
  text,
  metadata,
});

export const imageItem = ({ key, image, caption, metadata }: ImageInput): ImageItem => ({
  kind: "image",
  key: key ?? null,
  source: readSource("ImageSource", image),
  caption: caption ?? null,
  metadata,
});

export const pdfItem = ({ key, pdf, pictures, metadata }: PdfInput): PdfItem => ({
  kind: "pdf",
  key: key ?? null,
  source: readSource("PdfSource", pdf),
  pictures: pictures ?? false,
  metadata,
});

/** Where a picture's or PDF's bytes come from, of an input of that type. */
export function readSource(type: string, image: ImageSource): Source {
  exactlyOne(type, image);
  if (image.url) return { kind: "url", url: String(image.url) };
  if (typeof image.uploadId === "string") return { kind: "upload", uploadId: image.uploadId };
  return { kind: "base64", base64: image.base64 ?? "" };
}
