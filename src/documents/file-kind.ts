/** What a file that a client names is to be, as messages call it. */
export type FileKind = "picture" | "PDF";
