/**
 * Compares what Parallax finds over HTTP with exact search in this process: recall@10 by cosine, of text and picture
 * queries, within each modality and under filters that let few documents through.
 *
 *   npm run check:recall [-- --documents N --queries N --only lite|server --fresh]
 *
 * --documents how many are stored (100,000), half of them texts
 * --queries   of each case (20)
 * --only      Milvus Lite or the Milvus server of the contract tests
 * --fresh     stores the documents anew; else those of the last run with as many are used
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { hasMilvusServer } from "./milvus-server.mjs";
import { ask } from "./kill-server.mjs";
import { CASES, placesOf, request } from "./recall/cases.mjs";
import { makeDocuments } from "./recall/documents.mjs";
import { embeddings } from "./recall/embeddings.mjs";
import { cosines, topTen } from "./recall/exact.mjs";
import { forgetStages, setStage } from "./recall/stage.mjs";

const TARGET = 0.98;
const SEED = 1;
/** Cosines that differ by less count as equal. */
const ROUNDING = 1e-5;

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "100000" },
    queries: { type: "string", default: "20" },
    only: { type: "string" },
    fresh: { type: "boolean", default: false },
  },
});

async function measure(stage, one, { asked, documents, placeOf }) {
  const places = placesOf(one, documents);
  let [found, wanted] = [0, 0];
  const times = [];
  for (const query of asked) {
    const { size, worst } = topTen(query.cosine, places);
    const began = performance.now();
    const { nodes } = (await ask(stage.url, ...request(one, query))).found;
    times.push(performance.now() - began);
    wanted += size;
    found += nodes.filter(({ document }) => query.cosine[placeOf.get(document.id)] >= worst - ROUNDING).length;
  }
  times.sort((a, b) => a - b);
  return { recall: found / wanted, medianMs: times[Math.floor(times.length / 2)], slowestMs: times.at(-1) };
}

async function checkOn(kind, world) {
  console.log(`\n${kind === "lite" ? "Milvus Lite" : "Milvus server"}: recall@10, median and slowest of a query`);
  const stage = await setStage(kind, world.documents, world.fingerprint);
  try {
    const short = [];
    for (const one of CASES) {
      const asked = one.query === "text" ? world.textQueries : world.pictureQueries;
      const { recall, medianMs, slowestMs } = await measure(stage, one, { ...world, asked });
      const figures = `${recall.toFixed(4)}  ${medianMs.toFixed(0).padStart(5)} ms ${slowestMs.toFixed(0).padStart(6)} ms`;
      console.log(`  ${one.name.padEnd(44)} ${figures}${recall < TARGET ? "  TOO LOW" : ""}`);
      if (recall < TARGET) short.push(one.name);
    }
    return short.length;
  } finally {
    await stage.stop();
  }
}

async function main() {
  if (values.fresh) await forgetStages();
  const made = await embeddings(Number(values.queries));
  const documents = makeDocuments(Number(values.documents), made, SEED);
  const withCosines = (queries) => queries.map((query) => ({ ...query, cosine: cosines(query.vector, documents) }));
  const world = {
    documents,
    fingerprint: made.fingerprint,
    placeOf: new Map(documents.map(({ document }, place) => [document.id, place])),
    textQueries: withCosines(made.textQueries),
    pictureQueries: withCosines(made.pictureQueries),
  };
  console.log(`${documents.length} documents, ${values.queries} queries a case; load ${loadavg()[0].toFixed(1)}`);
  const kinds = ["lite", "server"].filter((kind) => values.only === undefined || values.only === kind);
  let short = 0;
  for (const kind of kinds) {
    if (kind === "server" && !hasMilvusServer()) console.log("\nno Milvus server here: LEFT OUT");
    else short += await checkOn(kind, world);
  }
  console.log(
    `\n${short === 0 ? `recall is at least ${TARGET} everywhere` : `FAILED: recall is below ${TARGET} in ${short} cases`}`,
  );
  return short === 0 ? 0 : 1;
}

process.exitCode = await main();
