// npm run check:kill [-- --rounds N --seed S,… --minutes M --only rounds|faults]: ingestions on a server of which something is killed
// without a farewell again and again, so many rounds of each seed; afterwards everything must be as if nothing had happened.
// After M minutes no further round begins.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { audit, auditJob, notIdentical, readDocuments, readOutcomes, vectorsOf } from "./kill-audit.mjs";
import { isRight, showFigures, showRound } from "./kill-figures.mjs";
import { drawItems, everyContent, expected, picturesFor, startPictureHost } from "./kill-items.mjs";
import { ingestUnderFire, removeFolder, Stage } from "./kill-round.mjs";
import { runFaults } from "./kill-faults.mjs";
import { freePort, ROOT } from "./kill-server.mjs";
import { randomNumbers } from "./random.mjs";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "50" },
    first: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "100000" },
    items: { type: "string", default: "5000" },
    model: { type: "string", default: join(ROOT, "test/fixtures/model-v2-layout") },
    short: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});
const [ROUNDS, FIRST, ITEMS, MINUTES] = [options.rounds, options.first, options.items, options.minutes].map(Number);
const SEEDS = options.seed.split(",").map(Number);
if (![ROUNDS, FIRST, ITEMS, MINUTES, ...SEEDS].every(Number.isSafeInteger)) {
  console.error(
    "check:kill: --rounds, --first, --items and --minutes take a whole number, --seed one or several: --seed 1,2,3",
  );
  process.exit(2);
}
/** Shorter faults, for a run in passing. */
const SHORT = { stallMs: 8_000, fullMs: 4_000 };
const SYNC_TEXTS = 500;
/** Where the server kills itself, and how often it may have been there before. */
const POINTS = [
  ["starting", 4],
  ["taken", 100],
  ["decoded", 4],
  ["kept", 40],
  ["intended", 80],
  ["upserting", 80],
  ["upserted", 80],
  ["settled", 80],
  ["releasing", 1],
  ["released", 1],
];
const VICTIMS = ["server", "encoder", "decoder", "lite"];

const environment = (folder, port, host) => ({
  ...process.env,
  MODEL: options.model,
  ...(options.model === "mini-clip" ? {} : { EMBEDDING_DIMENSION: "64" }),
  PORT: String(port),
  DATA_FOLDER: folder,
  MILVUS_URI: join(folder, "milvus"),
  CACHE_FOLDER: join(ROOT, ".cache"),
  FETCH_ALLOWED_HOSTS: host,
  INGESTION_LEASE_MS: "1000",
  LOG_LEVEL: "info",
});

/** What a round kills: the named point whose turn it is, sometimes another one after the restart, and one to three at random. */
function drawKills(round, random) {
  const pointOf = ([name, most]) => ({
    name,
    count: 1 + Math.floor((random() * most * Math.min(ITEMS, 5_000)) / 5_000),
  });
  const points = [pointOf(POINTS[round % POINTS.length])];
  if (random() < 0.3) points.push(pointOf(POINTS[1 + Math.floor(random() * (POINTS.length - 1))]));
  const kills = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    victim: VICTIMS[Math.floor(random() * VICTIMS.length)],
    at: random() * 0.95,
    waitMs: Math.floor(random() * 300),
  })).sort((a, b) => a.at - b.at);
  return { points, kills, endWith: random() < 0.5 ? "SIGKILL" : "SIGTERM" };
}

async function runRound(seed, round, { port, pictures, vectors }) {
  const random = randomNumbers(seed * 1_000 + round);
  const items = drawItems(ITEMS, pictures, random);
  const { documents, counts } = expected(items, pictures);
  const folder = await Stage.folder(`parallax-kill-${seed}-${round}-`);
  const began = performance.now();
  const plan = drawKills(round, random);
  const env = environment(folder, port, pictures.host);
  const done = await ingestUnderFire({ env, items, requestId: `round ${round}`, syncTexts: SYNC_TEXTS, ...plan });
  const found = await readDocuments(folder);
  const { job, acknowledged, sent } = done;
  const faults = {
    ...audit(found, { must: documents, may: sent, acknowledged, vectors, folder }),
    ...auditJob(job, await readOutcomes(folder, job.id), { must: documents, counts }),
    orphans: done.orphans,
  };
  const seconds = (performance.now() - began) / 1_000;
  const { endWith } = plan;
  const result = {
    seed,
    round,
    ...done,
    counts,
    faults,
    seconds,
    notIdentical: notIdentical(found.all, vectors),
    endWith,
  };
  if (isRight(result)) await removeFolder(folder);
  return { ...result, folder };
}

/** Vectors of every content, from an ingestion that nothing disturbs. */
async function reference(port, pictures) {
  const folder = await Stage.folder("parallax-kill-");
  const items = everyContent(ITEMS, pictures, SYNC_TEXTS);
  const began = performance.now();
  try {
    const env = environment(folder, port, pictures.host);
    const { job } = await ingestUnderFire({
      env,
      items,
      requestId: "reference",
      syncTexts: 0,
      points: [],
      kills: [],
      endWith: "SIGTERM",
    });
    const { all } = await readDocuments(folder);
    if (job.ingested !== job.total || all.length !== job.total)
      throw new Error(`the reference is not whole: ${JSON.stringify(job)}`);
    console.log(`reference: ${all.length} documents, ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    return vectorsOf(all);
  } finally {
    await removeFolder(folder);
  }
}

/** Round after round, of every seed in turn: what ends early has seen something of each. */
const drawRounds = () => Array.from({ length: ROUNDS }, (_, i) => SEEDS.map((seed) => [seed, FIRST + i])).flat();

async function main() {
  const pictures = await startPictureHost(picturesFor(ITEMS));
  const port = await freePort();
  const vectors = await reference(port, pictures);
  const rounds = [];
  let broken = 0;
  const untilMs = performance.now() + MINUTES * 60_000;
  for (const [seed, round] of options.only === "faults" ? [] : drawRounds()) {
    if (performance.now() > untilMs) break;
    try {
      rounds.push(await runRound(seed, round, { port, pictures, vectors }));
      showRound(rounds.at(-1));
    } catch (error) {
      broken++;
      console.log(`seed ${seed}, round ${round}: BROKEN: ${error.message}`);
    }
  }
  const faults =
    options.only === "rounds"
      ? []
      : await runFaults({ environment, port, pictures, vectors, items: ITEMS }, options.short ? SHORT : {});
  for (const { name, problem, seconds } of faults)
    console.log(`${name}: ${seconds.toFixed(1)} s; ${problem ?? "exact"}`);
  pictures.stop();
  showFigures(rounds, options.only === "faults" ? 0 : ROUNDS * SEEDS.length);
  console.log(`${"rounds that did not end".padEnd(34)} ${broken}`);
  const withstood = faults.every(({ problem }) => problem === null || problem.startsWith("skipped"));
  const good = withstood && rounds.every((one) => isRight(one) && one.kills.length > 0);
  if (!good || broken > 0) console.log("FAILED");
  return good && broken === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`check:kill: ${error.stack}`);
    process.exit(1);
  },
);
