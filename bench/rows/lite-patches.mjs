import { readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { randomNumbers } from "../../checks/random.mjs";
import { documents, TENANT, vector } from "../lite/documents.mjs";
import { openWithout } from "../lite/without.mjs";
import { judged } from "../judge.mjs";
import { alternate, median, ratioOf, rounded } from "../measure.mjs";
import { inPlace } from "../stage/place.mjs";

const SIZES = [3_500, 50_000];
/** What each patch is there for, first of all: there it has to gain, or nobody would miss it. */
const PURPOSE = {
  keywords: "words, frequent",
  searching: "search",
  querying: "count, list contains",
  filtering: "search, list contains",
  exact: "search",
  answering: "page of 50",
};
const PATCHES = Object.keys(PURPOSE);
const WORTH_IT = 1.1;
const ROUNDS = 3;
/** Calls of a case: the most, the least, and after how long the least is enough. */
const [MOST_CALLS, LEAST_CALLS, ENOUGH_MS] = [20, 3, 2_000];
const LIMIT = 40;
const STORED_AT_ONCE = 2_000;
const SETTLED_AFTER_MS = 3_000;
/** So few are not flushed until others follow. */
const IN_MEMORY = 200;

const random = randomNumbers(7);
const contains = { kind: "metadata", key: "groups", comparison: { op: "contains", value: "tenth" } };
/** The same documents by another filter each time: Lite remembers which rows the last ones matched. */
let asked = 0;
const neverAskedBefore = () => ({
  kind: "any",
  filters: [contains, { ...contains, comparison: { op: "contains", value: `nobody ${asked++}` } }],
});
const over = (n) => ({ kind: "metadata", key: "n", comparison: { op: "greaterThan", value: n } });
const near = (store, filter = null) =>
  store.neighbours({ tenant: TENANT, modality: "text", vectors: [vector(random)], limit: LIMIT, filter });
const words = (store, text, filter = null) =>
  store.keywordMatches({ tenant: TENANT, words: text, limit: LIMIT, filter });

/** What is asked, of a store with so many documents, some of whose ids are known. */
const CASES = {
  search: (store) => near(store),
  "search, list contains": (store) => near(store, neverAskedBefore()),
  "search, number above": (store, size) => near(store, over(size / 2)),
  "cosines of 1,000 ids": (store, _, ids) =>
    store.similarities({ tenant: TENANT, modality: "text", vectors: [vector(random)], ids }),
  "count, list contains": (store) => store.count(TENANT, contains),
  "known by content": (store) => store.findByContent(TENANT, ["0".repeat(64)]),
  "page of 50": (store) => store.page({ tenant: TENANT, filter: null, afterId: null, limit: 50 }),
  "words, frequent": (store) => words(store, "w1 w2 w3"),
  "words, rare, list contains": (store) => words(store, `w${9_000 + Math.floor(random() * 99)}`, contains),
};

/**
 * What each kind of call costs Milvus Lite, in milliseconds of a processor, and how many times as much without each patch:
 * other processes change that little.
 */
export const litePatches = (plan) =>
  inPlace(async ({ folder }) => {
    const figures = {};
    const gains = {};
    for (const size of SIZES.map((full) => plan.sized(full, 200))) {
      const costs = await costsOf(size, folder, plan.sized(ROUNDS, 1));
      for (const name of Object.keys(costs.all[0])) {
        const of = (side) => costs[side].map((round) => round[name]);
        const times = PATCHES.map((patch) => [patch, ratioOf(of(patch), of("all"))]);
        for (const [patch, ratio] of times) if (PURPOSE[patch] === name) gains[patch] = ratio;
        const missed = times
          .filter(([, ratio]) => ratio >= WORTH_IT)
          .map(([patch, ratio]) => `${patch} ${rounded(ratio)}`);
        figures[`\n  ${size}: ${name}`] =
          `${rounded(median(of("all")))} ms; times without: ${missed.join(", ") || "-"}`;
      }
    }
    return judged(
      figures,
      PATCHES.map((patch) => ({ what: `${patch} gains, times`, value: gains[patch], atLeast: WORTH_IT })),
    );
  });

/** By side, of each round: milliseconds of each case. */
async function costsOf(size, folder, rounds) {
  const data = join(folder, `${size}`);
  const ids = await fill(data, size, join(folder, "python"));
  const cost = (without) => async () => {
    const uri = join(folder, "copy");
    await cp(data, uri, { recursive: true, force: true });
    const opened = await openWithout(without, uri, join(folder, "python"));
    return eachCost(opened, size, ids).finally(opened.stop);
  };
  const sides = PATCHES.map((patch) => [patch, cost([patch])]);
  return alternate(rounds, { all: cost([]), ...Object.fromEntries(sides) });
}

/** Stores documents; the ids of some of the texts. */
async function fill(data, size, python) {
  const { store, stop } = await openWithout([], data, python);
  const ids = [];
  for (let at = 0; at < size; at += STORED_AT_ONCE) {
    const some = documents(at, Math.min(size, at + STORED_AT_ONCE));
    ids.push(...some.filter(({ document }) => document.modality === "text").map(({ document }) => document.id));
    await store.upsert(some);
  }
  await pause(SETTLED_AFTER_MS);
  await stop();
  return ids.slice(0, 1_000);
}

/** Last with some rows that are not flushed. */
async function eachCost({ store, litePid }, size, ids) {
  const costs = {};
  for (const [name, ask] of Object.entries(CASES)) costs[name] = await costOf(litePid(), () => ask(store, size, ids));
  await store.upsert(documents(size, size + IN_MEMORY));
  costs[`search, ${IN_MEMORY} in memory`] = await costOf(litePid(), () => near(store));
  return costs;
}

async function costOf(pid, ask) {
  await ask();
  const before = processorMs(pid);
  const enoughAt = performance.now() + ENOUGH_MS;
  let calls = 0;
  while (calls < MOST_CALLS && (calls < LEAST_CALLS || performance.now() < enoughAt)) {
    await ask();
    calls++;
  }
  return (processorMs(pid) - before) / calls;
}

/** Of all threads that a process has. */
const processorMs = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6)
    .reduce((sum, ms) => sum + ms, 0);
