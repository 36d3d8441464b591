// Ingestions through an API that misbehaves at random, and searches beside them.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readDocuments } from "../kill-audit.mjs";
import { removeFolder, Stage, START, watch } from "../kill-round.mjs";
import { ask, freePort } from "../kill-server.mjs";
import { randomFrom } from "../random.mjs";
import { makePictures, makeTexts, MOST_WORDS } from "./contents.mjs";
import { startStub } from "./start-stub.mjs";

const DIMENSION = 64;
const SIDE = 32;
const KEY = "a-key-that-nothing-may-repeat";
/** Of one ingestion: base64 of pictures counts towards a request's bytes. */
const MOST_ITEMS = 1_000;
const FAILURES = `query ($id: ID!) { ingestion(id: $id) { items(states: [FAILED], first: 1000) {
  nodes { index outcome { ... on IngestFailure { code message } } } } } }`;
const SEARCH = `query ($text: String!) { searchByText(input: { text: $text }, first: 3) { nodes { ... on RankedHit { rank } } } }`;
const SEARCH_EVERY_MS = 100;
/** What an item, or a search, may fail with here. */
const TYPED = new Set(["ENCODER_FAILED", "ENCODER_UNAVAILABLE"]);
const TOLERANCE = 1e-6;

const environment = (folder, port, stub, protocol) => ({
  ...process.env,
  MODEL: stub.url,
  MODEL_NAME: "made-up-clip",
  MODEL_PROTOCOL: protocol,
  MODEL_API_KEY: KEY,
  MODEL_IMAGE_SIDE: String(SIDE),
  ENCODER_DEADLINE_MS: "6000",
  // Each text is held against the one vector that the stub made of it.
  PASSAGE_TOKENS: "off",
  PORT: String(port),
  DATA_FOLDER: folder,
  CACHE_FOLDER: join(folder, "cache"),
  MILVUS_URI: join(folder, "milvus"),
  LOG_LEVEL: "info",
});

export async function checkApi({ protocol, texts, pictures, rate, seed }) {
  const folder = await Stage.folder("parallax-encoders-");
  const stub = await startStub({ protocol, dimension: DIMENSION, key: KEY, maxWords: MOST_WORDS });
  try {
    const contents = [
      ...makeTexts(texts, DIMENSION),
      ...(await makePictures(pictures, SIDE, DIMENSION, randomFrom(seed))),
    ];
    const stage = await new Stage(environment(folder, await freePort(), stub, protocol), []).start();
    await stub.misbehave({ rate, seed });
    let over = false;
    const searches = searchBeside(stage, () => over);
    const jobs = await ingestAll(stage, contents).finally(() => (over = true));
    const figures = { ...count(jobs, contents), ...(await searches) };
    const told = await stub.told();
    await stage.stop("SIGTERM");
    return { ...figures, ...compare(await readDocuments(folder), contents, jobs), told };
  } finally {
    stub.stop();
    await removeFolder(folder);
  }
}

/** What became of each item: { content, failure }, in jobs one after the other. */
async function ingestAll(stage, contents) {
  const results = [];
  for (let at = 0; at < contents.length; at += MOST_ITEMS) {
    const part = contents.slice(at, at + MOST_ITEMS);
    // Texts come first in an ingestion, then pictures, and so they do here.
    const [texts, images] = ["text", "image"].map((kind) =>
      part.map(({ item }) => item).filter((item) => kind in item),
    );
    const { startIngestion } = await stage.askPatiently(START, { input: { texts, images } });
    const job = await watch(stage, startIngestion.id, []);
    const { ingestion } = await stage.askPatiently(FAILURES, { id: job.id });
    const failures = new Map(ingestion.items.nodes.map(({ index, outcome }) => [index, outcome]));
    results.push(...part.map((content, i) => ({ content, failure: failures.get(i) ?? null })));
    console.log(`  ${results.length} of ${contents.length}: ${JSON.stringify(job)}`.slice(0, 200));
  }
  return results;
}

async function searchBeside(stage, done) {
  const found = { searches: 0, searchesRefused: 0, searchesUntyped: 0 };
  while (!done()) {
    await pause(SEARCH_EVERY_MS);
    const text = `a query ${found.searches++}`;
    await ask(stage.server.url, SEARCH, { text }).catch((error) => {
      if (TYPED.has(error.code)) found.searchesRefused++;
      else found.searchesUntyped++;
    });
  }
  return found;
}

function count(results) {
  const failed = results.filter(({ failure }) => failure !== null);
  const poisoned = results.filter(({ content }) => content.vector === null);
  return {
    items: results.length,
    poisoned: poisoned.length,
    poisonedTaken: poisoned.filter(({ failure }) => failure?.code !== "ENCODER_FAILED").length,
    reasons: tally(failed.map(({ failure }) => `${failure.code}: ${failure.message}`)),
    givenUp: failed.filter(({ content }) => content.vector !== null).length,
    untyped: failed.filter(({ failure }) => !TYPED.has(failure.code)).length,
    keyRepeated: failed.filter(({ failure }) => failure.message.includes(KEY)).length,
  };
}

const tally = (words) => words.reduce((sum, word) => ({ ...sum, [word]: (sum[word] ?? 0) + 1 }), {});

/** What is stored against what was told and what must be. */
function compare({ all }, contents, results) {
  const right = new Map(contents.map(({ id, vector }) => [id, vector]));
  const stored = new Set(all.map(({ document }) => document.id));
  const isRight = ({ document, vector }) => {
    const wanted = right.get(document.id);
    return wanted?.length === vector.length && wanted.every((value, i) => Math.abs(value - vector[i]) <= TOLERANCE);
  };
  return {
    stored: all.length,
    wrongVectors: all.filter((one) => !isRight(one)).length,
    lost: results.filter(({ content, failure }) => failure === null && !stored.has(content.id)).length,
  };
}
