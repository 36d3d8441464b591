import type { ImageDocument, TextDocument } from "./document";

type Always = "id" | "tenant" | "modality" | "contentHash";
type Sparse<D> = Pick<D, Extract<keyof D, Always>> & { readonly [F in Exclude<keyof D, Always>]?: D[F] | undefined };

/** A field that a search may leave out of what it finds. */
export type DocumentField = Exclude<keyof TextDocument | keyof ImageDocument, Always>;

/** A document with the fields that were asked for, and maybe others; undefined: left out. A whole document is one, too. */
export type SparseDocument = Sparse<TextDocument> | Sparse<ImageDocument>;
export type SparseImage = Sparse<ImageDocument>;

/** A field of a document. Throws TypeError where it was left out, so that this is never taken for a document without one. */
export function given<T>(field: T | undefined): T {
  if (field === undefined) throw new TypeError("This field of a document was not asked for");
  return field;
}

/** What a picture's file is kept under. Throws TypeError where `mediaType` was left out. */
export const pictureOf = ({ tenant, contentHash, mediaType }: SparseImage) => ({
  tenant,
  contentHash,
  mediaType: given(mediaType),
});
