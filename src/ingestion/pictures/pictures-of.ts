import type { Document } from "../../documents/document";
import type { Filter } from "../../documents/filter";
import { PDF } from "../../documents/media-type";
import { pdfPageOf } from "../../documents/pdf-page";
import type { MediaKey } from "../../ports/media-store";

/** A picture that documents show, or a PDF that they are pages of. */
export type KeptPicture = Extract<MediaKey, { kind: "picture" }>;

export const keptPdf = (tenant: string, contentHash: string): KeptPicture => ({
  kind: "picture",
  tenant,
  contentHash,
  mediaType: PDF,
});

/** Documents of which `picturesOf` may give something. */
export const WITH_PICTURES: Filter = {
  kind: "any",
  filters: [
    { kind: "modality", modality: "image" },
    { kind: "metadata", key: "pdf", comparison: { op: "exists", value: true } },
  ],
};

/** The pictures that documents show and the PDFs that they are pages of, each once. */
export function picturesOf(documents: readonly Document[]): KeptPicture[] {
  const pictures = new Map<string, KeptPicture>();
  const add = (one: KeptPicture) => pictures.set(`${one.tenant} ${one.contentHash} ${one.mediaType}`, one);
  for (const one of documents) {
    const { tenant, contentHash } = one;
    if (one.modality === "image") add({ kind: "picture", tenant, contentHash, mediaType: one.mediaType });
    const page = pdfPageOf(one.metadata);
    if (page !== null) add(keptPdf(tenant, page.pdf));
  }
  return [...pictures.values()];
}
