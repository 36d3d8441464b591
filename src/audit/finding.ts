/** A fault between documents and pictures: a document without its picture, or a file of a picture without document. */
export type Finding =
  | { readonly fault: "missing"; readonly id: string; readonly key: string | null; readonly contentHash: string }
  | { readonly fault: "orphan"; readonly contentHash: string; readonly mediaType: string };
