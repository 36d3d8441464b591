import { createRequire } from "node:module";
import { join } from "node:path";
import { ask, freePort, ROOT, startServer, stopServer } from "../kill-server.mjs";
import { apiMayRefuse, withNormalKeys } from "./api-rules.mjs";
import { toWhere } from "./to-where.mjs";

const require = createRequire(import.meta.url);
const { matches } = require("../../dist/documents/filter.js");

const AT_ONCE = 100;
const FIRST = 1_000;
const FIELDS = "id key metadata createdAt";
const INGEST = `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { results { ... on IngestFailure { code message } } } }`;
/** What no document may have by this way: keys that show nothing, integers that JSON numbers cannot carry. */
const REFUSED = new Set(["INVALID_KEY", "INVALID_METADATA"]);
const DOCUMENTS = `query ($where: DocumentFilter) { documents(where: $where, first: ${FIRST}) {
  nodes { __typename ... on TextDocument { ${FIELDS} } ... on ImageDocument { ${FIELDS} } } } }`;

/** The same for a Parallax on this Milvus: documents go in and filters are asked over HTTP, values as variables. */
export async function openByApi(milvusUri, folder, embedded) {
  const server = await startServer({
    ...process.env,
    MODEL: "mini-clip",
    PORT: String(await freePort()),
    DATA_FOLDER: join(folder, "parallax"),
    CACHE_FOLDER: join(ROOT, ".cache"),
    MILVUS_URI: milvusUri,
    COLLECTION_PREFIX: "filters_api",
    LOG_LEVEL: "info",
  });
  const list = async (where) => (await ask(server.url, DOCUMENTS, { where })).documents.nodes;
  try {
    const refused = await ingest(server.url, embedded);
    const documents = (await list(null)).map(toFilterable);
    if (documents.length !== embedded.length - refused)
      throw new Error(`only ${documents.length} documents were ingested.`);
    return {
      documents,
      mayBeRefused: apiMayRefuse,
      answer: async (filter) => {
        const meant = withNormalKeys(filter);
        const expected = documents.filter((document) => matches(meant, document)).map(({ id }) => id);
        return {
          way: "documents",
          expected: expected.sort(),
          found: (await list(toWhere(filter))).map(({ id }) => id),
        };
      },
      close: () => stopServer(server),
    };
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

const toFilterable = ({ __typename, createdAt, ...rest }) => ({
  ...rest,
  modality: __typename === "TextDocument" ? "text" : "image",
  createdAt: new Date(createdAt),
});

/** How many were refused, each for its key or metadata. */
async function ingest(url, embedded) {
  const items = embedded.map(({ document: { key, metadata, contentHash } }) => ({ text: contentHash, key, metadata }));
  const failures = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const { results } = (await ask(url, INGEST, { input: items.slice(at, at + AT_ONCE) })).ingestTexts;
    failures.push(...results.filter(({ code }) => code !== undefined));
  }
  const strange = failures.find(({ code }) => !REFUSED.has(code));
  if (strange !== undefined) throw new Error(`a document was refused: ${strange.code}, ${strange.message}`);
  return failures.length;
}
