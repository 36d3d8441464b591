import { setTimeout as pause } from "node:timers/promises";
import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { storePictures, storeTexts } from "./ingestion.mjs";
import { pictures, texts } from "./inputs.mjs";
import { inParts, sideBySide, timed } from "./measure.mjs";
import { ask } from "./stage.mjs";

const ROUNDS = 3;
const SEARCHES_A_ROUND = 120;
const AT_ONCE = 8;
const KNOWN_QUERIES = 50;
const FIRST = 5;
/** By then what was stored is flushed and sampled. */
const SETTLED_AFTER_MS = 5_000;

const QUERY = `query ($text: String!, $ranking: Ranking!) {
  searchByText(input: { text: $text, ranking: $ranking }, first: ${FIRST}) { nodes { ... on RankedHit { score document { id } } } }
}`;

/** Searches a second with queries that the server has not seen, against the Milvus SDK with ready vectors. */
export const newQueries = (stage) =>
  compare(stage, (round) => texts(SEARCHES_A_ROUND, `is what I look for, round ${round}`));

/** The same with queries whose vectors the server remembers. */
export async function knownQueries(stage) {
  const known = texts(KNOWN_QUERIES, "again");
  await timed(known, AT_ONCE, (text) => search(stage.url, text));
  return compare(stage, () => Array.from({ length: SEARCHES_A_ROUND }, (_, i) => known[i % KNOWN_QUERIES]));
}

/** Of a search by plain cosine's speed, what the calibrated one must keep: 1.3 times its time at most. */
const CALIBRATED_TARGET = 1 / 1.3;

/** Searches a second with the calibrated ranking, against the same searches by plain cosine; vectors are remembered. */
export async function calibratedQueries({ url }) {
  await fill(url);
  const known = texts(KNOWN_QUERIES, "calibrated or not");
  await timed(known, AT_ONCE, (text) => search(url, text));
  const asked = Array.from({ length: SEARCHES_A_ROUND }, (_, i) => known[i % KNOWN_QUERIES]);
  const rate = (ranking) => async () => perSecond(await timed(asked, AT_ONCE, (text) => search(url, text, ranking)));
  const { ours, raw, ratio } = await sideBySide(2 * ROUNDS, rate("CALIBRATED"), rate("COSINE"));
  const figures = { "CALIBRATED, searches/s": ours, "COSINE, searches/s": raw };
  return { figures, ratio, target: CALIBRATED_TARGET.toFixed(2), ok: ratio >= CALIBRATED_TARGET };
}

/** A few thousand texts and some hundred pictures, beside whatever is stored already. */
async function fill(url) {
  for (const part of inParts(texts(3_000, "to be found"), 100)) await storeTexts(url, part);
  for (const part of inParts(await pictures(300), 20)) await storePictures(url, part);
  await pause(SETTLED_AFTER_MS);
}

async function compare({ url, milvusAddress }, queriesOf) {
  const milvus = new MilvusClient({ address: milvusAddress });
  try {
    const { collection } = await ask(url, "{ collection { name dimension } }");
    const { ours, raw, ratio } = await sideBySide(
      ROUNDS,
      async (round) => perSecond(await timed(queriesOf(round), AT_ONCE, (text) => search(url, text))),
      async (round) =>
        perSecond(
          await timed(vectors(round, collection.dimension), AT_ONCE, (vector) => bare(milvus, collection.name, vector)),
        ),
    );
    return { figures: { "API, searches/s": ours, "Milvus SDK, searches/s": raw }, ratio };
  } finally {
    await milvus.closeConnection();
  }
}

const perSecond = (ms) => (1_000 * SEARCHES_A_ROUND) / ms;

async function search(url, text, ranking = "CALIBRATED") {
  const { searchByText } = await ask(url, QUERY, { text, ranking });
  if (searchByText.nodes.length !== FIRST) throw new Error(`A search found ${searchByText.nodes.length} of ${FIRST}.`);
}

/** One search a modality, as fair to both needs. */
async function bare(milvus, collection, vector) {
  const found = await Promise.all(
    ["text", "image"].map((modality) =>
      milvus.search({
        collection_name: collection,
        data: [vector],
        anns_field: "vector",
        metric_type: "COSINE",
        limit: FIRST,
        filter: `modality == "${modality}"`,
        output_fields: ["id", "text"],
      }),
    ),
  );
  if (found.some(({ results }) => results.length !== FIRST)) throw new Error("A bare search came back short.");
}

const vectors = (round, dimension) =>
  Array.from({ length: SEARCHES_A_ROUND }, (_, n) =>
    Array.from({ length: dimension }, (_unused, i) => Math.sin((round * SEARCHES_A_ROUND + n) * 31 + i * 7)),
  );
