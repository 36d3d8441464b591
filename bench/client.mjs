import { Pool } from "undici";

const PATIENCE_MS = 300_000;
const HEADERS = { "content-type": "application/json" };

/**
 * A client of one server with connections that stay open. `send` gives status, headers and answer; `ask` the data of one
 * operation, and throws its first error.
 */
export function openClient(url, connections = 64) {
  const pool = new Pool(url, { connections, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  const send = async (query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    const {
      statusCode,
      headers,
      body: answer,
    } = await pool.request({
      path: "/graphql",
      method: "POST",
      headers: HEADERS,
      body,
    });
    return { statusCode, headers, answer: await answer.json() };
  };
  const ask = async (query, variables) => {
    const { data, errors } = (await send(query, variables)).answer;
    if (errors) throw new Error(errors[0].message);
    return data;
  };
  return { send, ask, close: () => pool.destroy() };
}

export const FIRST = 5;

export const SEARCH = `query ($text: String!, $ranking: Ranking!) {
  searchByText(input: { text: $text, ranking: $ranking }, first: ${FIRST}) {
    nodes {
      ... on TextHit { score document { id text } }
      ... on ImageHit { score document { id url } }
    }
  }
}`;

/** A search as a page would make it; throws when it comes back short. */
export async function search(client, text, ranking = "CALIBRATED") {
  const { nodes } = (await client.ask(SEARCH, { text, ranking })).searchByText;
  if (nodes.length !== FIRST) throw new Error(`A search found ${nodes.length} of ${FIRST}.`);
}

const RESULTS = "{ results { __typename ... on IngestFailure { message } } }";
const INGEST_TEXTS = `mutation ($input: [TextInput!]!) { ingest: ingestTexts(input: $input) ${RESULTS} }`;
const INGEST_IMAGES = `mutation ($input: [ImageInput!]!) { ingest: ingestImages(input: $input) ${RESULTS} }`;

export const storeTexts = (client, texts) =>
  store(
    client,
    INGEST_TEXTS,
    texts.map((text) => ({ text })),
  );

/** Of pictures' files. */
export const storePictures = (client, files) =>
  store(
    client,
    INGEST_IMAGES,
    files.map((file) => ({ image: { base64: file.toString("base64") } })),
  );

async function store(client, operation, input) {
  const { results } = (await client.ask(operation, { input })).ingest;
  const failed = results.filter(({ __typename }) => __typename !== "Ingested");
  if (failed.length === 0) return;
  throw new Error(`${failed.length} of ${input.length} items were not stored: ${failed[0].message ?? "duplicates"}`);
}
