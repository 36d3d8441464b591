import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { AppError, type ErrorCode, type Outcome } from "../../errors";
import type { Ingested as IngestedItem } from "../../ingestion/intake";

/** The codes that one item of an ingest call may fail with. */
export const IngestFailureCode = {
  INVALID_TEXT: "INVALID_TEXT",
  INVALID_IMAGE: "INVALID_IMAGE",
  INVALID_PDF: "INVALID_PDF",
  UNSUPPORTED_MEDIA_TYPE: "UNSUPPORTED_MEDIA_TYPE",
  TOO_LARGE: "TOO_LARGE",
  FETCH_FAILED: "FETCH_FAILED",
  FETCH_FORBIDDEN: "FETCH_FORBIDDEN",
  INVALID_KEY: "INVALID_KEY",
  INVALID_METADATA: "INVALID_METADATA",
  INVALID_ITEM: "INVALID_ITEM",
  UPLOAD_NOT_FOUND: "UPLOAD_NOT_FOUND",
  PICTURES_UNSUPPORTED: "PICTURES_UNSUPPORTED",
  ENCODER_FAILED: "ENCODER_FAILED",
  ENCODER_UNAVAILABLE: "ENCODER_UNAVAILABLE",
  WORKER_UNAVAILABLE: "WORKER_UNAVAILABLE",
  STORE_UNAVAILABLE: "STORE_UNAVAILABLE",
  LEDGER_UNAVAILABLE: "LEDGER_UNAVAILABLE",
  STORE_FAILED: "STORE_FAILED",
  INTERNAL_SERVER_ERROR: "INTERNAL_SERVER_ERROR",
} as const satisfies Partial<Record<ErrorCode, ErrorCode>>;
registerEnumType(IngestFailureCode, {
  name: "IngestFailureCode",
  description: "Why an item was not stored.",
  valuesConfig: {
    INVALID_TEXT: { description: "The text or caption is empty or holds characters that cannot be stored." },
    INVALID_IMAGE: { description: "The bytes are not a whole, readable picture, or not valid base64." },
    INVALID_PDF: { description: "The bytes are not a whole, readable PDF, or it wants a password or has no text." },
    UNSUPPORTED_MEDIA_TYPE: { description: "The bytes are not JPEG, PNG, WebP, GIF, AVIF or HEIC, or no PDF." },
    TOO_LARGE: { description: "The text, picture or PDF is over its limit." },
    FETCH_FAILED: { description: "The picture's URL could not be fetched." },
    FETCH_FORBIDDEN: { description: "The picture's URL is one that this server does not fetch from." },
    INVALID_KEY: { description: "The key is empty, too long or holds control characters." },
    INVALID_METADATA: { description: "The metadata is too large, too deep or not plain JSON." },
    INVALID_ITEM: { description: "The line of an uploaded list is not an item." },
    UPLOAD_NOT_FOUND: { description: "The upload that it names is not there (any more)." },
    PICTURES_UNSUPPORTED: { description: "The server's model takes texts only." },
    ENCODER_FAILED: { description: "The model could not encode it." },
    ENCODER_UNAVAILABLE: { description: "The machine that encodes does not answer, is busy, or refuses this server." },
    WORKER_UNAVAILABLE: { description: "The process that encodes or decodes keeps crashing; it is being restarted." },
    STORE_UNAVAILABLE: { description: "Milvus or the media store did not answer in time, or has no room to write." },
    LEDGER_UNAVAILABLE: { description: "The ledger could not be read or written." },
    STORE_FAILED: { description: "Milvus refused it." },
    INTERNAL_SERVER_ERROR: { description: "A fault of the server's own; its log has the details." },
  },
});

@ObjectType({ simpleResolvers: true, description: "What became of a PDF's pages." })
export class PdfPages {
  @Field(() => Int, { description: "How many it has." })
  pages!: number;

  @Field(() => [Int], { description: "Numbers of the pages without text, as in scans; ask for `pictures` of them." })
  withoutText!: number[];
}

@ObjectType({ description: "The item is stored." })
export class Ingested {
  @Field(() => Int, { description: "Place of the item in the call, from 0." })
  index!: number;

  @Field(() => ID, { description: "Of what was stored; of a PDF the first document." })
  documentId!: string;

  @Field(() => PdfPages, { nullable: true, description: "Of a PDF, what became of its pages; null for other items." })
  pdf!: PdfPages | null;

  @Field(() => Boolean, { description: "False when it replaced the document of that key." })
  created!: boolean;
}

@ObjectType({ description: "The same content was stored already; nothing changed." })
export class Duplicate {
  @Field(() => Int, { description: "Place of the item in the call, from 0." })
  index!: number;

  @Field(() => ID, { description: "Of the document that it equals; of a PDF the first one." })
  documentId!: string;

  @Field(() => PdfPages, { nullable: true, description: "Of a PDF, what its pages are; null for other items." })
  pdf!: PdfPages | null;
}

@ObjectType({ description: "The item is not stored; the others are not held back by it." })
export class IngestFailure {
  @Field(() => Int, { description: "Place of the item in the call, from 0." })
  index!: number;

  @Field(() => IngestFailureCode, { description: "Why." })
  code!: keyof typeof IngestFailureCode;

  @Field(() => String, { description: "What was wrong, what was expected, what to do." })
  message!: string;

  @Field(() => Boolean, { description: "Whether the same item may succeed later." })
  retryable!: boolean;
}

type Result = { readonly __typename: "Ingested" | "Duplicate" | "IngestFailure" };

export const IngestResult = createUnionType({
  name: "IngestResult",
  description: "What became of one item.",
  types: () => [Ingested, Duplicate, IngestFailure] as const,
  resolveType: (result) => (result as unknown as Result).__typename,
});

@ObjectType({ description: "What became of each item, in the order of the call." })
export class IngestPayload {
  @Field(() => [IngestResult], { description: "One result an item." })
  results!: (typeof IngestResult)[];
}

@ObjectType({ description: "What a deletion did." })
export class DeletePayload {
  @Field(() => Int, { description: "How many documents are gone." })
  deleted!: number;
}

/** The payload for an ingest call's outcomes. Throws what is the server's fault and no item's. */
export const ingestPayload = (outcomes: readonly Outcome<IngestedItem>[]): IngestPayload => ({
  results: outcomes.map((outcome, index) =>
    outcome.ok ? stored(outcome.value, index) : failure(outcome.error, index),
  ) as unknown as IngestPayload["results"],
});

const stored = (item: IngestedItem, index: number) =>
  item.kind === "duplicate"
    ? { __typename: "Duplicate", index, documentId: item.document.id, document: item.document }
    : { __typename: "Ingested", index, documentId: item.document.id, document: item.document, created: item.created };

/** Faults that are the server's and no item's. */
const FAULTS: readonly ErrorCode[] = ["INTERNAL_SERVER_ERROR", "STORE_FAILED"];

function failure(error: AppError, index: number) {
  if (!(error.code in IngestFailureCode) || FAULTS.includes(error.code)) throw error;
  return { __typename: "IngestFailure", index, code: error.code, message: error.message, retryable: error.retryable };
}
