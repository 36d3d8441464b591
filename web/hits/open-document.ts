import type { DocumentQuery } from "../generated/operations";

/** A document with all that its dialog shows. */
export type OpenDocument = NonNullable<DocumentQuery["document"]>;
