import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import sharp from "sharp";
import { openRawModel } from "./raw-model.mjs";
import { ask, rate } from "./stage.mjs";

const require = createRequire(import.meta.url);
const TEXTS = 1_600;
const PICTURES = 400;
const SEARCHES = 600;
const BATCH = 50;
const AT_ONCE = 4;

const words = "cat dog bird car tree house river stone cloud bread lamp chair violin boat apple garden".split(" ");
const sentence = (seed) =>
  Array.from({ length: 9 }, (_, i) => words[(seed * 7 + i * (1 + (seed % 11))) % words.length]).join(" ") + ` ${seed}`;
const batches = (items) =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) => items.slice(i * BATCH, (i + 1) * BATCH));
const rounded = (value) => Math.round(value * 1_000) / 1_000;

/** Texts a second through the API, against the model alone. */
export async function textIngestion({ url }) {
  const model = await openRawModel();
  const parts = batches(Array.from({ length: TEXTS }, (_, i) => sentence(i)));
  await model.encodeTexts(parts[0]);
  const raw = (await rate(parts.length, 1, (i) => model.encodeTexts(parts[i]))) * BATCH;
  const store = (part) =>
    ask(url, "mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { results { __typename } } }", {
      input: part.map((text) => ({ text })),
    });
  const api = (await rate(parts.length, AT_ONCE, (i) => store(parts[i]))) * BATCH;
  return {
    name: "text ingestion",
    figures: { "api texts/s": rounded(api), "raw ONNX Runtime texts/s": rounded(raw) },
    ratio: rounded(api / raw),
  };
}

/** Pictures a second through the API, against decoding, resizing and the model alone. */
export async function imageIngestion({ url }) {
  const model = await openRawModel();
  const files = await Promise.all(
    Array.from({ length: PICTURES }, (_, i) =>
      sharp({
        create: {
          width: 256,
          height: 256,
          channels: 3,
          background: { r: i % 256, g: (i * 7) % 256, b: (i * 31) % 256 },
          noise: { type: "gaussian", mean: 120, sigma: 40 },
        },
      })
        .png()
        .toBuffer(),
    ),
  );
  const parts = batches(files);
  await model.encodeImages(parts[0]);
  const raw = (await rate(parts.length, 1, (i) => model.encodeImages(parts[i]))) * BATCH;
  const input = (part) => part.map((file) => ({ image: { base64: file.toString("base64") } }));
  const store = (part) =>
    ask(url, "mutation ($input: [ImageInput!]!) { ingestImages(input: $input) { results { __typename } } }", {
      input: input(part),
    });
  const api = (await rate(parts.length, AT_ONCE, (i) => store(parts[i]))) * BATCH;
  return {
    name: "image ingestion",
    figures: { "api pictures/s": rounded(api), "raw sharp + ONNX Runtime pictures/s": rounded(raw) },
    ratio: rounded(api / raw),
  };
}

/** Searches a second through the API (new and known queries), against the SDK with ready vectors, both modalities each. */
export async function search({ url, milvusAddress }) {
  const { MilvusClient } = require("@zilliz/milvus2-sdk-node");
  const { collection } = await ask(url, "{ collection { name dimension } }");
  const client = new MilvusClient({ address: milvusAddress });
  const vector = (seed) => Array.from({ length: collection.dimension }, (_, i) => Math.sin(seed * 31 + i * 7));
  const one = (seed, modality) =>
    client.search({
      collection_name: collection.name,
      data: [vector(seed)],
      anns_field: "vector",
      metric_type: "COSINE",
      limit: 5,
      filter: `modality == "${modality}"`,
      output_fields: ["id", "key", "text"],
    });
  const raw = await rate(SEARCHES, AT_ONCE, (i) => Promise.all([one(i, "text"), one(i, "image")]));
  const query =
    "query ($text: String!) { searchByText(input: { text: $text }) { nodes { __typename ... on RankedHit { score document { id } } } } }";
  const fresh = await rate(SEARCHES, AT_ONCE, (i) => ask(url, query, { text: `a new query ${sentence(i)}` }));
  const known = await rate(SEARCHES, AT_ONCE, () => ask(url, query, { text: "a known query" }));
  await client.closeConnection();
  const figures = {
    "api searches/s, new queries": rounded(fresh),
    "api searches/s, known queries": rounded(known),
    "raw SDK searches/s": rounded(raw),
  };
  return { name: "search", figures, ratio: rounded(fresh / raw) };
}

/** Resident memory after the other benches, of the server with its children and of Milvus Lite. */
export async function memory({ pids }) {
  const megabytes = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1_024;
  const children = readFileSync(`/proc/${pids.server}/task/${pids.server}/children`, "utf8").trim().split(" ");
  const parts = {
    "server MB": megabytes(pids.server),
    "encoder and decoders MB": children.reduce((sum, pid) => sum + megabytes(pid), 0),
    "Milvus Lite MB": megabytes(pids.milvusLite),
  };
  return {
    name: "memory",
    figures: Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, Math.round(value)])),
    ratio: null,
  };
}

/** From launch to the first 200 on /ready, with the embedded model and a Milvus that runs. */
export async function startUp({ startUpMs }) {
  return { name: "start-up", figures: { "ms to ready": Math.round(startUpMs) }, ratio: null };
}
