/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends {
    [key: string]: unknown;
}> = {
    [K in keyof T]: T[K];
};
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | {
    [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never;
};
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A question to what is stored, and where to look. */
export type AnswerInput = {
    /** What was said before, oldest first, for a question that follows it: 10 turns of 20,000 UTF-8 bytes. */
    history?: Array<AnswerTurn> | null | undefined;
    /** Leave out hits below this score (of the chosen ranking). */
    minScore?: number | null | undefined;
    /** Look only for these; both where none is given. */
    modalities?: Array<Modality> | null | undefined;
    /** The question, in the model's language; 4,096 UTF-8 bytes at most. */
    question: string;
    /** How texts and pictures get into one list. */
    ranking?: Ranking | null | undefined;
    /** Look only at hits that are more similar than chance explains, and refuse where there is none; false: at the nearest, whatever they are. */
    relevantOnly?: boolean | null | undefined;
    /** Puts the first hits in the order of the server's reranker, if that answers in time; `rerank { status }` of the result tells. RERANK_NOT_CONFIGURED where there is none. */
    rerank?: RerankInput | null | undefined;
    /** Look only among documents for which this holds. */
    where?: DocumentFilter | null | undefined;
};
/** Whether a question was answered, and why not. */
export type AnswerStatus = 
/** The text answers it. */
'ANSWERED'
/** Nothing was found that chance does not explain; the chat model was not asked. */
 | 'NOTHING_RELEVANT'
/** The chat model found no answer in what was found. */
 | 'NOT_IN_SOURCES';
/** What was asked before, and what was answered. */
export type AnswerTurn = {
    /** The answer as it was given; empty where there was none. */
    answer: string;
    /** The question. */
    question: string;
};
/** A half-open range of time: from <= createdAt < before; at least one of the two. */
export type DateTimeFilter = {
    /** Earlier than this moment. */
    before?: string | null | undefined;
    /** This moment or later. */
    from?: string | null | undefined;
};
/** What to delete: exactly one of these. */
export type DeleteDocumentsInput = {
    ids: Array<string | number>;
    keys?: never;
    where?: never;
} | {
    ids?: never; /** Documents with these keys. */
    keys: Array<string>;
    where?: never;
} | {
    ids?: never;
    keys?: never; /** Documents for which this holds; no part of it may be empty. */
    where: DocumentFilter;
};
/** Typed filters, never expression strings: exactly one field each. */
export type DocumentFilter = {
    all: Array<DocumentFilter>;
    any?: never;
    createdAt?: never;
    id?: never;
    key?: never;
    metadata?: never;
    modality?: never;
    not?: never;
} | {
    all?: never; /** At least one of these holds. */
    any: Array<DocumentFilter>;
    createdAt?: never;
    id?: never;
    key?: never;
    metadata?: never;
    modality?: never;
    not?: never;
} | {
    all?: never;
    any?: never; /** By when it was first stored. */
    createdAt: DateTimeFilter;
    id?: never;
    key?: never;
    metadata?: never;
    modality?: never;
    not?: never;
} | {
    all?: never;
    any?: never;
    createdAt?: never; /** By id. */
    id: IdFilter;
    key?: never;
    metadata?: never;
    modality?: never;
    not?: never;
} | {
    all?: never;
    any?: never;
    createdAt?: never;
    id?: never; /** By the client's own key. */
    key: KeyFilter;
    metadata?: never;
    modality?: never;
    not?: never;
} | {
    all?: never;
    any?: never;
    createdAt?: never;
    id?: never;
    key?: never; /** By what the client stored along with it. */
    metadata: MetadataFilter;
    modality?: never;
    not?: never;
} | {
    all?: never;
    any?: never;
    createdAt?: never;
    id?: never;
    key?: never;
    metadata?: never; /** Only texts, or only pictures. */
    modality: Modality;
    not?: never;
} | {
    all?: never;
    any?: never;
    createdAt?: never;
    id?: never;
    key?: never;
    metadata?: never;
    modality?: never; /** This does not hold. */
    not: DocumentFilter;
};
/** The best hits of each group instead of all hits. */
export type GroupBy = {
    /** A top-level key of the metadata; documents without it are each a group of their own. */
    metadataKey: string;
    /** How many hits of one group there may be, 1 to 100. */
    size?: number | null | undefined;
};
/** Documents by their ids. */
export type IdFilter = {
    in: Array<string | number>;
};
/** A picture to store: JPEG, PNG, WebP, GIF, AVIF or HEIC. */
export type ImageInput = {
    /** A text to show with it; one that shows nothing is none. */
    caption?: string | null | undefined;
    /** Where its bytes come from. */
    image: ImageSource;
    /** Your own identifier, in Unicode's form NFC: the same key again replaces. Without one the id comes from the content and a repeat is a Duplicate. */
    key?: string | null | undefined;
    /** Anything worth filtering by or showing; at most 16 KiB as JSON, 8 levels deep, integers within ±(2^53 - 1). */
    metadata?: Record<string, unknown> | null | undefined;
};
/** A picture as a query: exactly one of these. */
export type ImageQuery = {
    base64: string;
    documentId?: never;
    uploadId?: never;
    url?: never;
} | {
    base64?: never; /** A stored document: finds what is like it, but not itself. */
    documentId: string | number;
    uploadId?: never;
    url?: never;
} | {
    base64?: never;
    documentId?: never; /** A file that was put at the URL of `createUpload`. */
    uploadId: string | number;
    url?: never;
} | {
    base64?: never;
    documentId?: never;
    uploadId?: never; /** Fetched by the server; public addresses only. */
    url: string;
};
/** A picture to store: exactly one of these. */
export type ImageSource = {
    base64: string;
    uploadId?: never;
    url?: never;
} | {
    base64?: never; /** A file that was put at the URL of `createUpload`. */
    uploadId: string | number;
    url?: never;
} | {
    base64?: never;
    uploadId?: never; /** Fetched by the server; public addresses only. */
    url: string;
};
/** Why an item was not stored. */
export type IngestFailureCode = 
/** The model could not encode it. */
'ENCODER_FAILED'
/** The machine that encodes does not answer, is busy, or refuses this server. */
 | 'ENCODER_UNAVAILABLE'
/** The picture's URL could not be fetched. */
 | 'FETCH_FAILED'
/** The picture's URL is one that this server does not fetch from. */
 | 'FETCH_FORBIDDEN'
/** A fault of the server's own; its log has the details. */
 | 'INTERNAL_SERVER_ERROR'
/** The bytes are not a whole, readable picture, or not valid base64. */
 | 'INVALID_IMAGE'
/** The line of an uploaded list is not an item. */
 | 'INVALID_ITEM'
/** The key is empty, too long or holds control characters. */
 | 'INVALID_KEY'
/** The metadata is too large, too deep or not plain JSON. */
 | 'INVALID_METADATA'
/** The bytes are not a whole, readable PDF, or it wants a password or has no text. */
 | 'INVALID_PDF'
/** The text or caption is empty or holds characters that cannot be stored. */
 | 'INVALID_TEXT'
/** The ledger could not be read or written. */
 | 'LEDGER_UNAVAILABLE'
/** The server's model takes texts only. */
 | 'PICTURES_UNSUPPORTED'
/** Milvus refused it. */
 | 'STORE_FAILED'
/** Milvus or the media store did not answer in time, or has no room to write. */
 | 'STORE_UNAVAILABLE'
/** The text, picture or PDF is over its limit. */
 | 'TOO_LARGE'
/** The bytes are not JPEG, PNG, WebP, GIF, AVIF or HEIC, or no PDF. */
 | 'UNSUPPORTED_MEDIA_TYPE'
/** The upload that it names is not there (any more). */
 | 'UPLOAD_NOT_FOUND'
/** The process that encodes or decodes keeps crashing; it is being restarted. */
 | 'WORKER_UNAVAILABLE';
/** What to ingest in the background: texts, then images, then PDFs, then the items of an uploaded list; at most 100,000. */
export type IngestionInput = {
    /** Pictures to store. */
    images?: Array<ImageInput> | null | undefined;
    /** PDFs to store, page by page; each is one item. */
    pdfs?: Array<PdfInput> | null | undefined;
    /** Your own name for this ingestion: the same one again is the same ingestion, and starts nothing. */
    requestId?: string | null | undefined;
    /** Texts to store. */
    texts?: Array<TextInput> | null | undefined;
    /** An uploaded list. NDJSON: {text | image | pdf, key, caption, pictures, metadata} a line. CSV: columns text, image and pdf (URLs), key, caption; others become metadata. */
    uploadId?: string | number | null | undefined;
};
/** How far an item of an ingestion is. */
export type IngestionItemState = 
/** The ingestion was cancelled before its turn. */
'CANCELLED'
/** Its content was stored already. */
 | 'DUPLICATE'
/** It is not stored, and is not tried again unless you ask. */
 | 'FAILED'
/** It is stored. */
 | 'INGESTED'
/** It waits for its turn, is being worked on, or waits for its next try. */
 | 'PENDING';
/** How far an ingestion is; the last three are final until it is taken up again. */
export type IngestionState = 
/** It was cancelled; what was stored by then stays. */
'CANCELLED'
/** Every item had its turn, and some failed. */
 | 'COMPLETED_WITH_FAILURES'
/** No server works on it yet, or the one that did has stopped. */
 | 'QUEUED'
/** A server works on it. */
 | 'RUNNING'
/** Every item is stored, or was stored already. */
 | 'SUCCEEDED';
/** Documents by the client's own keys: exactly one of these. */
export type KeyFilter = {
    in: Array<string>;
    startsWith?: never;
} | {
    in?: never; /** Keys that begin so. */
    startsWith: string;
};
/** What a metadata value must be: exactly one of these. Values of another type never match. */
export type MetadataComparison = {
    contains: string | number | boolean;
    equals?: never;
    exists?: never;
    greaterThan?: never;
    in?: never;
    lessThan?: never;
    startsWith?: never;
} | {
    contains?: never; /** This value, of this type. */
    equals: string | number | boolean;
    exists?: never;
    greaterThan?: never;
    in?: never;
    lessThan?: never;
    startsWith?: never;
} | {
    contains?: never;
    equals?: never; /** Whether the key is there at all. */
    exists: boolean;
    greaterThan?: never;
    in?: never;
    lessThan?: never;
    startsWith?: never;
} | {
    contains?: never;
    equals?: never;
    exists?: never; /** Above this number, or after this string. */
    greaterThan: string | number | boolean;
    in?: never;
    lessThan?: never;
    startsWith?: never;
} | {
    contains?: never;
    equals?: never;
    exists?: never;
    greaterThan?: never; /** Any of these values. */
    in: Array<string | number | boolean>;
    lessThan?: never;
    startsWith?: never;
} | {
    contains?: never;
    equals?: never;
    exists?: never;
    greaterThan?: never;
    in?: never; /** Below this number, or before this string. */
    lessThan: string | number | boolean;
    startsWith?: never;
} | {
    contains?: never;
    equals?: never;
    exists?: never;
    greaterThan?: never;
    in?: never;
    lessThan?: never; /** A string that begins so. */
    startsWith: string;
};
/** A condition on one top-level key of the metadata. */
export type MetadataFilter = {
    /** What its value must be. */
    is: MetadataComparison;
    /** The key. */
    key: string;
};
/** What a document is. */
export type Modality = 
/** A picture. */
'IMAGE'
/** A text. */
 | 'TEXT';
/** A PDF to store, each page as a document of its own. */
export type PdfInput = {
    /** Your own identifier: the third page gets this and `#page=3`; the same one again replaces all pages. Without one it is the file's SHA-256. */
    key?: string | null | undefined;
    /** What every page gets beside `pdf`, `pdfTitle`, `pdfPage` and `pdfPages`, which the server writes. */
    metadata?: Record<string, unknown> | null | undefined;
    /** Where its bytes come from; at most 50 MiB and 2,000 pages. */
    pdf: PdfSource;
    /** Whether each page is stored as a picture too, so that scans and drawings are found; its key ends in `&picture`. */
    pictures?: boolean | null | undefined;
};
/** A PDF to store: exactly one of these. */
export type PdfSource = {
    base64: string;
    uploadId?: never;
    url?: never;
} | {
    base64?: never; /** A file that was put at the URL of `createUpload`. */
    uploadId: string | number;
    url?: never;
} | {
    base64?: never;
    uploadId?: never; /** Fetched by the server; public addresses only. */
    url: string;
};
/** What one part of a query looks for: exactly one of these. */
export type QueryContent = {
    documentId: string | number;
    image?: never;
    text?: never;
} | {
    documentId?: never; /** A picture. */
    image: ImageQuery;
    text?: never;
} | {
    documentId?: never;
    image?: never; /** Words, in the model's language. */
    text: string;
};
/** A part of a composed query. */
export type QueryPart = {
    /** What it looks for. */
    content: QueryContent;
    /** How much it counts beside the other parts, -100 to 100 but not 0; below 0 it pushes away. */
    weight?: number | null | undefined;
};
/** How texts and pictures get into one list. */
export type Ranking = 
/** Modality gap removed and spreads made equal: scores of texts and pictures compare. */
'CALIBRATED'
/** The model's cosine, as in a plain CLIP search; buries pictures under texts. */
 | 'COSINE'
/** text, image, text, … */
 | 'INTERLEAVED'
/** Reciprocal rank fusion of the two modalities. */
 | 'RRF';
/** Rereads the first hits with the query, by a model that sees both together. */
export type RerankInput = {
    /** How many of the first hits, 1 to 200: the more, the better and the slower. */
    candidates?: number | null | undefined;
    /** The model that must reread, as `rerankModel` names it; RERANK_NOT_CONFIGURED where it is another. */
    model?: string | null | undefined;
};
/** Whether the first hits are in the reranker's order, and why not. */
export type RerankStatus = 
/** They are. */
'APPLIED'
/** The reranker failed: the first order stays. */
 | 'FAILED'
/** The reranker took longer than a search waits for it: the first order stays. */
 | 'LATE'
/** None of the first hits has words that it could read: the first order stays. */
 | 'NOTHING_TO_READ';
/** What to look for, as a picture. */
export type SearchByImageInput = {
    /** The picture. */
    image: ImageQuery;
    /** Leave out hits below this score (of the chosen ranking). */
    minScore?: number | null | undefined;
    /** Look only for these; both where none is given. */
    modalities?: Array<Modality> | null | undefined;
    /** How texts and pictures get into one list. */
    ranking?: Ranking | null | undefined;
    /** Leave out hits that are no more similar than documents which have nothing to do with the query would be by chance: a query that nothing answers then finds little or nothing. */
    relevantOnly?: boolean | null | undefined;
    /** Look only among documents for which this holds. */
    where?: DocumentFilter | null | undefined;
};
/** What to look for, in words. */
export type SearchByTextInput = {
    /** Leave out hits below this score (of the chosen ranking). */
    minScore?: number | null | undefined;
    /** Look only for these; both where none is given. */
    modalities?: Array<Modality> | null | undefined;
    /** How texts and pictures get into one list. */
    ranking?: Ranking | null | undefined;
    /** Leave out hits that are no more similar than documents which have nothing to do with the query would be by chance: a query that nothing answers then finds little or nothing. */
    relevantOnly?: boolean | null | undefined;
    /** Puts the first hits in the order of the server's reranker, if that answers in time; `rerank { status }` of the result tells. RERANK_NOT_CONFIGURED where there is none. */
    rerank?: RerankInput | null | undefined;
    /** The query, in the model's language. */
    text: string;
    /** Look only among documents for which this holds. */
    where?: DocumentFilter | null | undefined;
};
/** What to look for, composed of texts, pictures and stored documents. */
export type SearchInput = {
    /** 0 to 1: how much each of the first 100 hits should differ from those before it (maximal marginal relevance). */
    diversity?: number | null | undefined;
    /** At most so many hits of one group. */
    groupBy?: GroupBy | null | undefined;
    /** Words that texts and captions should hold (BM25), as much as they mean what is looked for; pictures without a caption keep their place. With CALIBRATED and RRF; not on Milvus before 2.5. */
    keywords?: string | null | undefined;
    /** Leave out hits below this score (of the chosen ranking). */
    minScore?: number | null | undefined;
    /** Look only for these; both where none is given. */
    modalities?: Array<Modality> | null | undefined;
    /** 1 to 16 parts, at least one of them with a weight above 0: a picture and the words that change it. */
    parts: Array<QueryPart>;
    /** How texts and pictures get into one list. */
    ranking?: Ranking | null | undefined;
    /** Leave out hits that are no more similar than documents which have nothing to do with the query would be by chance: a query that nothing answers then finds little or nothing. */
    relevantOnly?: boolean | null | undefined;
    /** Puts the first hits in the order of the server's reranker, if that answers in time; `rerank { status }` of the result tells. RERANK_NOT_CONFIGURED where there is none. */
    rerank?: RerankInput | null | undefined;
    /** Look only among documents for which this holds. */
    where?: DocumentFilter | null | undefined;
};
/** A text to store. */
export type TextInput = {
    /** Your own identifier, in Unicode's form NFC: the same key again replaces. Without one the id comes from the content and a repeat is a Duplicate. */
    key?: string | null | undefined;
    /** Anything worth filtering by or showing; at most 16 KiB as JSON, 8 levels deep, integers within ±(2^53 - 1). */
    metadata?: Record<string, unknown> | null | undefined;
    /** The text, at most 60,000 UTF-8 bytes; one of more than some sentences is embedded in passages. */
    text: string;
};
/** A file to put beside GraphQL: a picture, a PDF, or a list of items for a job. */
export type UploadInput = {
    /** Size of the file in bytes; a PUT of more or fewer is refused. */
    bytes: number;
    /** image/jpeg, image/png, image/webp, image/gif, image/avif, image/heic (also image/heif), application/pdf, application/x-ndjson or text/csv; also the Content-Type of the PUT. */
    mediaType: string;
    /** SHA-256 of the file, 64 hexadecimal digits; a PUT of other bytes is refused. */
    sha256?: string | null | undefined;
};
export type SearchByTextQueryVariables = Exact<{
    input?: SearchByTextInput;
    first?: number;
    after?: string | null | undefined;
}>;
export type SearchByTextQuery = {
    searchByText: {
        nodes: Array<{
            __typename: 'ImageHit';
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            };
        } | {
            __typename: 'TextHit';
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
            passage: {
                text: string;
                start: number;
                end: number;
            } | null;
        }>;
        pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
        };
    };
};
export type CreateUploadMutationVariables = Exact<{
    input?: UploadInput;
}>;
export type CreateUploadMutation = {
    createUpload: {
        id: string;
        url: string;
        expiresAt: string;
    };
};
export type StartIngestionMutationVariables = Exact<{
    input?: IngestionInput;
}>;
export type StartIngestionMutation = {
    startIngestion: {
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    };
};
export type IngestionProgressSubscriptionVariables = Exact<{
    id: string | number;
}>;
export type IngestionProgressSubscription = {
    ingestionProgress: {
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        latestFailures: Array<{
            index: number;
            line: number | null;
            key: string | null;
            state: IngestionItemState;
            attempts: number;
            outcome: {
                documentId: string;
            } | {
                code: IngestFailureCode;
                message: string;
                retryable: boolean;
            } | {
                documentId: string;
                created: boolean;
            } | null;
        }>;
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    };
};
export type IngestionQueryVariables = Exact<{
    id: string | number;
    states?: Array<IngestionItemState> | IngestionItemState | null | undefined;
    first?: number;
    after?: string | null | undefined;
}>;
export type IngestionQuery = {
    ingestion: {
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        items: {
            nodes: Array<{
                index: number;
                line: number | null;
                key: string | null;
                state: IngestionItemState;
                attempts: number;
                outcome: {
                    documentId: string;
                } | {
                    code: IngestFailureCode;
                    message: string;
                    retryable: boolean;
                } | {
                    documentId: string;
                    created: boolean;
                } | null;
            }>;
            pageInfo: {
                hasNextPage: boolean;
                endCursor: string | null;
            };
        };
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    } | null;
};
export type CancelIngestionMutationVariables = Exact<{
    id: string | number;
}>;
export type CancelIngestionMutation = {
    cancelIngestion: {
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    };
};
export type ResumeIngestionMutationVariables = Exact<{
    id: string | number;
}>;
export type ResumeIngestionMutation = {
    resumeIngestion: {
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    };
};
export type RetryIngestionMutationVariables = Exact<{
    id: string | number;
    onlyRetryable?: boolean;
}>;
export type RetryIngestionMutation = {
    retryIngestion: {
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    };
};
export type NearDuplicatesQueryVariables = Exact<{
    id: string | number;
    minCosine?: number;
}>;
export type NearDuplicatesQuery = {
    document: {
        nearDuplicates: Array<{
            cosine: number;
            document: {
                id: string;
                key: string | null;
            } | {
                id: string;
                key: string | null;
            };
        }>;
    } | {
        nearDuplicates: Array<{
            cosine: number;
            document: {
                id: string;
                key: string | null;
            } | {
                id: string;
                key: string | null;
            };
        }>;
    } | null;
};
export type SearchQueryVariables = Exact<{
    input?: SearchInput;
    first?: number;
    after?: string | null | undefined;
}>;
export type SearchQuery = {
    search: {
        nodes: Array<{
            __typename: 'ImageHit';
            standing: number;
            group: string | number | boolean | null;
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            };
        } | {
            __typename: 'TextHit';
            standing: number;
            group: string | number | boolean | null;
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
            passage: {
                text: string;
                start: number;
                end: number;
            } | null;
        }>;
        pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
        };
    };
};
export type ExplainQueryVariables = Exact<{
    input?: SearchInput;
    first?: number;
}>;
export type ExplainQuery = {
    search: {
        nodes: Array<{
            rank: number;
            score: number;
            cosine: number;
            standing: number;
            document: {
                id: string;
                modality: Modality;
            };
            explanation: {
                modality: Modality;
                centredCosine: number;
                backgroundMean: number;
                backgroundReach: number;
                collectionShare: number;
                keywordScore: number | null;
                keywordShare: number | null;
                calibration: string;
                filter: Record<string, unknown> | null;
                parts: Array<{
                    weight: number;
                    centredCosine: number;
                    score: number;
                }>;
            };
        } | {
            rank: number;
            score: number;
            cosine: number;
            standing: number;
            document: {
                id: string;
                modality: Modality;
            };
            explanation: {
                modality: Modality;
                centredCosine: number;
                backgroundMean: number;
                backgroundReach: number;
                collectionShare: number;
                keywordScore: number | null;
                keywordShare: number | null;
                calibration: string;
                filter: Record<string, unknown> | null;
                parts: Array<{
                    weight: number;
                    centredCosine: number;
                    score: number;
                }>;
            };
        }>;
        timings: {
            embedMs: number;
            queueMs: number;
            storeMs: number;
            rankMs: number;
        };
    };
};
export type ModalityGapQueryVariables = Exact<{
    sample?: number;
}>;
export type ModalityGapQuery = {
    collection: {
        modalityGap: {
            centroidDistance: number;
            centroidCosine: number;
            sampled: {
                text: number;
                image: number;
            };
            calibrated: {
                centroidDistance: number;
                centroidCosine: number;
                coneAngle: {
                    text: number;
                    image: number;
                };
                withinText: {
                    mean: number;
                    spread: number;
                    quantiles: Array<{
                        share: number;
                        cosine: number;
                    }>;
                    histogram: Array<{
                        from: number;
                        to: number;
                        share: number;
                    }>;
                };
                withinImage: {
                    mean: number;
                    spread: number;
                    quantiles: Array<{
                        share: number;
                        cosine: number;
                    }>;
                    histogram: Array<{
                        from: number;
                        to: number;
                        share: number;
                    }>;
                };
                across: {
                    mean: number;
                    spread: number;
                    quantiles: Array<{
                        share: number;
                        cosine: number;
                    }>;
                    histogram: Array<{
                        from: number;
                        to: number;
                        share: number;
                    }>;
                };
            };
            projection: {
                explained: Array<number>;
                points: Array<{
                    x: number;
                    y: number;
                    modality: Modality;
                    document: {
                        id: string;
                        key: string | null;
                    } | {
                        id: string;
                        key: string | null;
                    } | null;
                }>;
            };
            coneAngle: {
                text: number;
                image: number;
            };
            withinText: {
                mean: number;
                spread: number;
                quantiles: Array<{
                    share: number;
                    cosine: number;
                }>;
                histogram: Array<{
                    from: number;
                    to: number;
                    share: number;
                }>;
            };
            withinImage: {
                mean: number;
                spread: number;
                quantiles: Array<{
                    share: number;
                    cosine: number;
                }>;
                histogram: Array<{
                    from: number;
                    to: number;
                    share: number;
                }>;
            };
            across: {
                mean: number;
                spread: number;
                quantiles: Array<{
                    share: number;
                    cosine: number;
                }>;
                histogram: Array<{
                    from: number;
                    to: number;
                    share: number;
                }>;
            };
        } | null;
    };
};
export type NodeQueryVariables = Exact<{
    id?: string | number;
}>;
export type NodeQuery = {
    node: {
        __typename: 'ImageDocument';
        id: string;
        key: string | null;
        modality: Modality;
        metadata: Record<string, unknown>;
        createdAt: string;
        url: string;
        thumbnailUrl: string;
        sourceUrl: string | null;
        caption: string | null;
        width: number;
        height: number;
        mediaType: string;
    } | {
        __typename: 'Ingestion';
        id: string;
        requestId: string | null;
        state: IngestionState;
        total: number;
        pending: number;
        ingested: number;
        duplicates: number;
        failed: number;
        cancelled: number;
        itemsPerSecond: number | null;
        secondsLeft: number | null;
        createdAt: string;
        finishedAt: string | null;
        pdfsInWork: Array<{
            index: number;
            key: string | null;
            title: string | null;
            pages: number;
            pagesDone: number;
        }>;
    } | {
        __typename: 'TextDocument';
        id: string;
        key: string | null;
        modality: Modality;
        metadata: Record<string, unknown>;
        createdAt: string;
        text: string;
        truncated: boolean;
    } | null;
};
export type SearchByImageQueryVariables = Exact<{
    input?: SearchByImageInput;
    first?: number;
    after?: string | null | undefined;
}>;
export type SearchByImageQuery = {
    searchByImage: {
        nodes: Array<{
            __typename: 'ImageHit';
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            };
        } | {
            __typename: 'TextHit';
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
            passage: {
                text: string;
                start: number;
                end: number;
            } | null;
        }>;
        pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
        };
    };
};
export type AnswerQueryVariables = Exact<{
    input?: AnswerInput;
}>;
export type AnswerQuery = {
    answer: {
        status: AnswerStatus;
        text: string;
        isTruncated: boolean;
        droppedCitations: number;
        citations: Array<{
            source: number;
            start: number;
            end: number;
            text: string;
            document: {
                __typename: 'ImageDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            } | {
                __typename: 'TextDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
        }>;
        usage: {
            inputTokens: number;
            outputTokens: number;
        } | null;
    };
};
export type AnswerStreamSubscriptionVariables = Exact<{
    input?: AnswerInput;
}>;
export type AnswerStreamSubscription = {
    answer: {
        __typename: 'Answer';
        status: AnswerStatus;
        text: string;
        isTruncated: boolean;
        droppedCitations: number;
        citations: Array<{
            source: number;
            start: number;
            end: number;
            text: string;
            document: {
                __typename: 'ImageDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            } | {
                __typename: 'TextDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
        }>;
        usage: {
            inputTokens: number;
            outputTokens: number;
        } | null;
    } | {
        __typename: 'AnswerSources';
        sources: Array<{
            __typename: 'ImageHit';
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            };
        } | {
            __typename: 'TextHit';
            rank: number;
            score: number;
            cosine: number;
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
            passage: {
                text: string;
                start: number;
                end: number;
            } | null;
        }>;
    } | {
        __typename: 'AnswerText';
        text: string;
    };
};
export type AnswerModelQueryVariables = Exact<{
    [key: string]: never;
}>;
export type AnswerModelQuery = {
    answerModel: string | null;
};
export type RerankQueryVariables = Exact<{
    text?: string;
    candidates?: number | null | undefined;
    first?: number | null | undefined;
}>;
export type RerankQuery = {
    rerankModel: string | null;
    searchByText: {
        nodes: Array<{
            __typename: 'ImageHit';
            rank: number;
            score: number;
            cosine: number;
            explanation: {
                rerankScore: number | null;
                firstScore: number | null;
            };
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            };
        } | {
            __typename: 'TextHit';
            rank: number;
            score: number;
            cosine: number;
            explanation: {
                rerankScore: number | null;
                firstScore: number | null;
            };
            document: {
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            };
            passage: {
                text: string;
                start: number;
                end: number;
            } | null;
        }>;
        rerank: {
            model: string;
            status: RerankStatus;
            reason: string | null;
            read: number;
        } | null;
        timings: {
            rerankMs: number;
        };
    };
};
export type IngestTextsMutationVariables = Exact<{
    input?: Array<TextInput> | TextInput;
}>;
export type IngestTextsMutation = {
    ingestTexts: {
        results: Array<{
            __typename: 'Duplicate';
            index: number;
            documentId: string;
            document: {
                __typename: 'ImageDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            } | {
                __typename: 'TextDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            } | null;
        } | {
            __typename: 'IngestFailure';
            index: number;
            code: IngestFailureCode;
            message: string;
            retryable: boolean;
        } | {
            __typename: 'Ingested';
            index: number;
            created: boolean;
            documentId: string;
            document: {
                __typename: 'ImageDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            } | {
                __typename: 'TextDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            } | null;
        }>;
    };
};
export type IngestImagesMutationVariables = Exact<{
    input?: Array<ImageInput> | ImageInput;
}>;
export type IngestImagesMutation = {
    ingestImages: {
        results: Array<{
            __typename: 'Duplicate';
            index: number;
            documentId: string;
            document: {
                __typename: 'ImageDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            } | {
                __typename: 'TextDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            } | null;
        } | {
            __typename: 'IngestFailure';
            index: number;
            code: IngestFailureCode;
            message: string;
            retryable: boolean;
        } | {
            __typename: 'Ingested';
            index: number;
            created: boolean;
            documentId: string;
            document: {
                __typename: 'ImageDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                url: string;
                thumbnailUrl: string;
                sourceUrl: string | null;
                caption: string | null;
                width: number;
                height: number;
                mediaType: string;
            } | {
                __typename: 'TextDocument';
                id: string;
                key: string | null;
                modality: Modality;
                metadata: Record<string, unknown>;
                createdAt: string;
                text: string;
                truncated: boolean;
            } | null;
        }>;
    };
};
export type DocumentsQueryVariables = Exact<{
    where?: DocumentFilter | null | undefined;
    first?: number;
    after?: string | null | undefined;
}>;
export type DocumentsQuery = {
    documents: {
        nodes: Array<{
            __typename: 'ImageDocument';
            id: string;
            key: string | null;
            modality: Modality;
            metadata: Record<string, unknown>;
            createdAt: string;
            url: string;
            thumbnailUrl: string;
            sourceUrl: string | null;
            caption: string | null;
            width: number;
            height: number;
            mediaType: string;
        } | {
            __typename: 'TextDocument';
            id: string;
            key: string | null;
            modality: Modality;
            metadata: Record<string, unknown>;
            createdAt: string;
            text: string;
            truncated: boolean;
        }>;
        pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
        };
    };
};
export type DocumentQueryVariables = Exact<{
    id?: string | number;
}>;
export type DocumentQuery = {
    document: {
        __typename: 'ImageDocument';
        id: string;
        key: string | null;
        modality: Modality;
        metadata: Record<string, unknown>;
        createdAt: string;
        url: string;
        thumbnailUrl: string;
        sourceUrl: string | null;
        caption: string | null;
        width: number;
        height: number;
        mediaType: string;
    } | {
        __typename: 'TextDocument';
        id: string;
        key: string | null;
        modality: Modality;
        metadata: Record<string, unknown>;
        createdAt: string;
        text: string;
        truncated: boolean;
    } | null;
};
export type DeleteDocumentsMutationVariables = Exact<{
    input?: DeleteDocumentsInput;
}>;
export type DeleteDocumentsMutation = {
    deleteDocuments: {
        deleted: number;
    };
};
export type CollectionQueryVariables = Exact<{
    [key: string]: never;
}>;
export type CollectionQuery = {
    collection: {
        name: string;
        model: string;
        modalities: Array<Modality>;
        dimension: number;
        texts: number;
        images: number;
        truncatedTexts: number;
        calibration: {
            version: string;
            set: {
                name: string;
                texts: number;
                images: number;
            };
            shares: {
                texts: number;
                images: number;
            };
        };
    };
};
export type RecreateCollectionMutationVariables = Exact<{
    confirmName?: string;
}>;
export type RecreateCollectionMutation = {
    recreateCollection: {
        name: string;
        texts: number;
        images: number;
    };
};
type SearchHitFields_ImageHit_Fragment = {
    __typename: 'ImageHit';
    rank: number;
    score: number;
    cosine: number;
    document: {
        id: string;
        key: string | null;
        modality: Modality;
        metadata: Record<string, unknown>;
        createdAt: string;
        url: string;
        thumbnailUrl: string;
        sourceUrl: string | null;
        caption: string | null;
        width: number;
        height: number;
        mediaType: string;
    };
};
type SearchHitFields_TextHit_Fragment = {
    __typename: 'TextHit';
    rank: number;
    score: number;
    cosine: number;
    document: {
        id: string;
        key: string | null;
        modality: Modality;
        metadata: Record<string, unknown>;
        createdAt: string;
        text: string;
        truncated: boolean;
    };
    passage: {
        text: string;
        start: number;
        end: number;
    } | null;
};
export type SearchHitFieldsFragment = SearchHitFields_ImageHit_Fragment | SearchHitFields_TextHit_Fragment;
type DocumentFields_ImageDocument_Fragment = {
    __typename: 'ImageDocument';
    id: string;
    key: string | null;
    modality: Modality;
    metadata: Record<string, unknown>;
    createdAt: string;
    url: string;
    thumbnailUrl: string;
    sourceUrl: string | null;
    caption: string | null;
    width: number;
    height: number;
    mediaType: string;
};
type DocumentFields_TextDocument_Fragment = {
    __typename: 'TextDocument';
    id: string;
    key: string | null;
    modality: Modality;
    metadata: Record<string, unknown>;
    createdAt: string;
    text: string;
    truncated: boolean;
};
export type DocumentFieldsFragment = DocumentFields_ImageDocument_Fragment | DocumentFields_TextDocument_Fragment;
export type TextFieldsFragment = {
    id: string;
    key: string | null;
    modality: Modality;
    metadata: Record<string, unknown>;
    createdAt: string;
    text: string;
    truncated: boolean;
};
export type ImageFieldsFragment = {
    id: string;
    key: string | null;
    modality: Modality;
    metadata: Record<string, unknown>;
    createdAt: string;
    url: string;
    thumbnailUrl: string;
    sourceUrl: string | null;
    caption: string | null;
    width: number;
    height: number;
    mediaType: string;
};
export type IngestionFieldsFragment = {
    id: string;
    requestId: string | null;
    state: IngestionState;
    total: number;
    pending: number;
    ingested: number;
    duplicates: number;
    failed: number;
    cancelled: number;
    itemsPerSecond: number | null;
    secondsLeft: number | null;
    createdAt: string;
    finishedAt: string | null;
    pdfsInWork: Array<{
        index: number;
        key: string | null;
        title: string | null;
        pages: number;
        pagesDone: number;
    }>;
};
export type IngestionItemFieldsFragment = {
    index: number;
    line: number | null;
    key: string | null;
    state: IngestionItemState;
    attempts: number;
    outcome: {
        documentId: string;
    } | {
        code: IngestFailureCode;
        message: string;
        retryable: boolean;
    } | {
        documentId: string;
        created: boolean;
    } | null;
};
type GapFields_CalibratedGap_Fragment = {
    centroidDistance: number;
    centroidCosine: number;
    coneAngle: {
        text: number;
        image: number;
    };
    withinText: {
        mean: number;
        spread: number;
        quantiles: Array<{
            share: number;
            cosine: number;
        }>;
        histogram: Array<{
            from: number;
            to: number;
            share: number;
        }>;
    };
    withinImage: {
        mean: number;
        spread: number;
        quantiles: Array<{
            share: number;
            cosine: number;
        }>;
        histogram: Array<{
            from: number;
            to: number;
            share: number;
        }>;
    };
    across: {
        mean: number;
        spread: number;
        quantiles: Array<{
            share: number;
            cosine: number;
        }>;
        histogram: Array<{
            from: number;
            to: number;
            share: number;
        }>;
    };
};
type GapFields_ModalityGap_Fragment = {
    centroidDistance: number;
    centroidCosine: number;
    coneAngle: {
        text: number;
        image: number;
    };
    withinText: {
        mean: number;
        spread: number;
        quantiles: Array<{
            share: number;
            cosine: number;
        }>;
        histogram: Array<{
            from: number;
            to: number;
            share: number;
        }>;
    };
    withinImage: {
        mean: number;
        spread: number;
        quantiles: Array<{
            share: number;
            cosine: number;
        }>;
        histogram: Array<{
            from: number;
            to: number;
            share: number;
        }>;
    };
    across: {
        mean: number;
        spread: number;
        quantiles: Array<{
            share: number;
            cosine: number;
        }>;
        histogram: Array<{
            from: number;
            to: number;
            share: number;
        }>;
    };
};
export type GapFieldsFragment = GapFields_CalibratedGap_Fragment | GapFields_ModalityGap_Fragment;
export type CosineFieldsFragment = {
    mean: number;
    spread: number;
    quantiles: Array<{
        share: number;
        cosine: number;
    }>;
    histogram: Array<{
        from: number;
        to: number;
        share: number;
    }>;
};
export type AnswerFieldsFragment = {
    status: AnswerStatus;
    text: string;
    isTruncated: boolean;
    droppedCitations: number;
    citations: Array<{
        source: number;
        start: number;
        end: number;
        text: string;
        document: {
            __typename: 'ImageDocument';
            id: string;
            key: string | null;
            modality: Modality;
            metadata: Record<string, unknown>;
            createdAt: string;
            url: string;
            thumbnailUrl: string;
            sourceUrl: string | null;
            caption: string | null;
            width: number;
            height: number;
            mediaType: string;
        } | {
            __typename: 'TextDocument';
            id: string;
            key: string | null;
            modality: Modality;
            metadata: Record<string, unknown>;
            createdAt: string;
            text: string;
            truncated: boolean;
        };
    }>;
    usage: {
        inputTokens: number;
        outputTokens: number;
    } | null;
};
export declare const TextFieldsFragmentDoc: DocumentNode<TextFieldsFragment, unknown>;
export declare const ImageFieldsFragmentDoc: DocumentNode<ImageFieldsFragment, unknown>;
export declare const SearchHitFieldsFragmentDoc: DocumentNode<SearchHitFieldsFragment, unknown>;
export declare const IngestionFieldsFragmentDoc: DocumentNode<IngestionFieldsFragment, unknown>;
export declare const IngestionItemFieldsFragmentDoc: DocumentNode<IngestionItemFieldsFragment, unknown>;
export declare const CosineFieldsFragmentDoc: DocumentNode<CosineFieldsFragment, unknown>;
export declare const GapFieldsFragmentDoc: DocumentNode<GapFieldsFragment, unknown>;
export declare const DocumentFieldsFragmentDoc: DocumentNode<DocumentFieldsFragment, unknown>;
export declare const AnswerFieldsFragmentDoc: DocumentNode<AnswerFieldsFragment, unknown>;
export declare const SearchByTextDocument: DocumentNode<SearchByTextQuery, SearchByTextQueryVariables>;
export declare const CreateUploadDocument: DocumentNode<CreateUploadMutation, CreateUploadMutationVariables>;
export declare const StartIngestionDocument: DocumentNode<StartIngestionMutation, StartIngestionMutationVariables>;
export declare const IngestionProgressDocument: DocumentNode<IngestionProgressSubscription, IngestionProgressSubscriptionVariables>;
export declare const IngestionDocument: DocumentNode<IngestionQuery, IngestionQueryVariables>;
export declare const CancelIngestionDocument: DocumentNode<CancelIngestionMutation, CancelIngestionMutationVariables>;
export declare const ResumeIngestionDocument: DocumentNode<ResumeIngestionMutation, ResumeIngestionMutationVariables>;
export declare const RetryIngestionDocument: DocumentNode<RetryIngestionMutation, RetryIngestionMutationVariables>;
export declare const NearDuplicatesDocument: DocumentNode<NearDuplicatesQuery, NearDuplicatesQueryVariables>;
export declare const SearchDocument: DocumentNode<SearchQuery, SearchQueryVariables>;
export declare const ExplainDocument: DocumentNode<ExplainQuery, ExplainQueryVariables>;
export declare const ModalityGapDocument: DocumentNode<ModalityGapQuery, ModalityGapQueryVariables>;
export declare const NodeDocument: DocumentNode<NodeQuery, NodeQueryVariables>;
export declare const SearchByImageDocument: DocumentNode<SearchByImageQuery, SearchByImageQueryVariables>;
export declare const AnswerDocument: DocumentNode<AnswerQuery, AnswerQueryVariables>;
export declare const AnswerStreamDocument: DocumentNode<AnswerStreamSubscription, AnswerStreamSubscriptionVariables>;
export declare const AnswerModelDocument: DocumentNode<AnswerModelQuery, AnswerModelQueryVariables>;
export declare const RerankDocument: DocumentNode<RerankQuery, RerankQueryVariables>;
export declare const IngestTextsDocument: DocumentNode<IngestTextsMutation, IngestTextsMutationVariables>;
export declare const IngestImagesDocument: DocumentNode<IngestImagesMutation, IngestImagesMutationVariables>;
export declare const DocumentsDocument: DocumentNode<DocumentsQuery, DocumentsQueryVariables>;
export declare const DocumentDocument: DocumentNode<DocumentQuery, DocumentQueryVariables>;
export declare const DeleteDocumentsDocument: DocumentNode<DeleteDocumentsMutation, DeleteDocumentsMutationVariables>;
export declare const CollectionDocument: DocumentNode<CollectionQuery, CollectionQueryVariables>;
export declare const RecreateCollectionDocument: DocumentNode<RecreateCollectionMutation, RecreateCollectionMutationVariables>;
export {};
