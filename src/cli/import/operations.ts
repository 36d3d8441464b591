/** The operations of the public contract that an import consists of. */
const FIELDS = "id state total ingested duplicates failed cancelled pdfsInWork { index pages pagesDone }";

export const COLLECTION = "query { collection { name } }";

export const CREATE_UPLOAD = `mutation ($input: UploadInput!) { createUpload(input: $input) { id url } }`;

export const START_INGESTION = `mutation ($input: IngestionInput!) { startIngestion(input: $input) { ${FIELDS} } }`;

export const INGESTION_BY_REQUEST_ID = `query ($requestId: String!) {
  ingestionByRequestId(requestId: $requestId) { ${FIELDS} }
}`;

export const INGESTION = `query ($id: ID!) { ingestion(id: $id) { ${FIELDS} } }`;

export const RESUME_INGESTION = `mutation ($id: ID!) { resumeIngestion(id: $id) { ${FIELDS} } }`;

export const RETRY_INGESTION = `mutation ($id: ID!) { retryIngestion(id: $id, onlyRetryable: true) { ${FIELDS} } }`;

export const FAILED_ITEMS = `query ($id: ID!, $first: Int!, $after: String) {
  ingestion(id: $id) {
    items(states: [FAILED, CANCELLED], first: $first, after: $after) {
      nodes { index key outcome { ... on IngestFailure { code message retryable } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const STORED_ITEMS = `query ($id: ID!, $first: Int!, $after: String) {
  ingestion(id: $id) {
    items(states: [INGESTED, DUPLICATE], first: $first, after: $after) {
      nodes {
        index
        outcome { ... on Ingested { document { __typename } } ... on Duplicate { document { __typename } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const PDF_ITEMS = `query ($id: ID!, $first: Int!, $after: String) {
  ingestion(id: $id) {
    items(states: [INGESTED, DUPLICATE], first: $first, after: $after) {
      nodes { index outcome { ... on Ingested { pdf { withoutText } } ... on Duplicate { pdf { withoutText } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export type IngestionState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "COMPLETED_WITH_FAILURES" | "CANCELLED";

/** An ingestion as FIELDS asks for it. */
export interface Ingestion {
  readonly id: string;
  readonly state: IngestionState;
  readonly total: number;
  readonly ingested: number;
  readonly duplicates: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly pdfsInWork: readonly { readonly index: number; readonly pages: number; readonly pagesDone: number }[];
}

export const isOver = ({ state }: Ingestion): boolean => state !== "QUEUED" && state !== "RUNNING";
