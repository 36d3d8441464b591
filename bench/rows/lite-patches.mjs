import { cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { randomNumbers } from "../../checks/random.mjs";
import { documents, TENANT, vector } from "../lite/documents.mjs";
import { openWithout } from "../lite/without.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median, ratioOf, rounded } from "../measure.mjs";
import { inPlace } from "../stage/place.mjs";

const SIZES = [3_500, 50_000];
const PATCHES = ["keywords", "searching", "querying", "filtering", "exact"];
const AT_ONCE = 2_000;
const ROUNDS = 3;
const CALLS = 15;
const LIMIT = 40;
const SETTLED_AFTER_MS = 3_000;
/** So few are not flushed until others follow. */
const IN_MEMORY = 200;
const STORED_A_CALL = 256;

const random = randomNumbers(7);
const contains = { kind: "metadata", key: "groups", comparison: { op: "contains", value: "tenth" } };
const over = (n) => ({ kind: "metadata", key: "n", comparison: { op: "greaterThan", value: n } });
const near = (store, filter) =>
  store.neighbours({ tenant: TENANT, modality: "text", vectors: [vector(random)], limit: LIMIT, filter });
const words = (store, text, filter = null) =>
  store.keywordMatches({ tenant: TENANT, words: text, limit: LIMIT, filter });

/** What is asked, of a store with so many documents. */
const CASES = {
  search: (store) => near(store, null),
  "search, list contains": (store) => near(store, contains),
  "search, number above": (store, size) => near(store, over(size / 2)),
  "cosines of 1,000 ids": (store, size, ids) =>
    store.similarities({ tenant: TENANT, modality: "text", vectors: [vector(random)], ids }),
  count: (store) => store.count(TENANT, contains),
  "known by content": (store) => store.findByContent(TENANT, ["0".repeat(64)]),
  "page of 50": (store) => store.page({ tenant: TENANT, filter: null, afterId: null, limit: 50 }),
  "words, frequent": (store) => words(store, "w1 w2 w3"),
  "words, rare, list contains": (store) => words(store, `w${9_000 + Math.floor(random() * 99)}`, contains),
};

/** How long each kind of call takes on Milvus Lite without each patch, against all patches: the ratio of medians. */
export const litePatches = (plan) =>
  inPlace(async ({ folder }) => {
    const figures = {};
    const best = Object.fromEntries(PATCHES.map((patch) => [patch, 0]));
    for (const size of SIZES.map((full) => plan.sized(full, 200))) {
      const data = join(folder, `${size}`);
      const ids = await fill(data, size, join(folder, "python"));
      const sides = { all: [], ...Object.fromEntries(PATCHES.map((patch) => [patch, [patch]])) };
      const rounds = await alternate(
        plan.sized(ROUNDS, 1),
        Object.fromEntries(
          Object.entries(sides).map(([name, without]) => [name, () => measure(without, data, size, ids, folder)]),
        ),
      );
      for (const name of Object.keys(rounds.all[0])) {
        const of = (side) => rounds[side].map((round) => round[name]);
        const ratios = PATCHES.map((patch) => [patch, ratioOf(of(patch), of("all"))]);
        for (const [patch, ratio] of ratios) best[patch] = Math.max(best[patch], ratio);
        const worse = ratios.filter(([, ratio]) => ratio >= 1.1).map(([patch, ratio]) => `${patch} ${rounded(ratio)}`);
        figures[`\n  ${size}: ${name}`] =
          `${rounded(median(of("all")))} ms; without: ${worse.join(", ") || "the same"}`;
      }
    }
    return judged(
      figures,
      PATCHES.map((patch) => ({ what: `the most that ${patch} gains, times`, value: best[patch], atLeast: 1.1 })),
    );
  });

async function fill(data, size, python) {
  const { store, stop } = await openWithout([], data, python);
  const ids = [];
  for (let at = 0; at < size; at += AT_ONCE) {
    const some = documents(at, Math.min(size, at + AT_ONCE));
    ids.push(...some.filter(({ document }) => document.modality === "text").map(({ document }) => document.id));
    await store.upsert(some);
  }
  await pause(SETTLED_AFTER_MS);
  await stop();
  return ids.slice(0, 1_000);
}

/** The median of each case, on a copy of the data; last with some rows that are not flushed yet. */
async function measure(without, data, size, ids, folder) {
  const uri = join(folder, "copy");
  await cp(data, uri, { recursive: true, force: true });
  const { store, stop } = await openWithout(without, uri, join(folder, "python"));
  try {
    const found = {};
    for (const [name, ask] of Object.entries(CASES)) {
      await ask(store, size, ids);
      found[name] = await medianOf(() => ask(store, size, ids), 1);
    }
    found["search, 8 at once"] = await medianOf(() => near(store, null), 8);
    const began = performance.now();
    await store.upsert(documents(size, size + IN_MEMORY));
    found[`storing ${IN_MEMORY}`] = performance.now() - began;
    await near(store, null);
    found[`search, ${IN_MEMORY} in memory`] = await medianOf(() => near(store, null), 1);
    found["search beside storing"] = await besideStoring(store, size + IN_MEMORY);
    return found;
  } finally {
    await stop();
  }
}

async function besideStoring(store, from) {
  let isOver = false;
  const storing = (async () => {
    for (let at = from; !isOver; at += STORED_A_CALL) await store.upsert(documents(at, at + STORED_A_CALL));
  })();
  const searchMs = await medianOf(() => near(store, null), 1);
  isOver = true;
  await storing;
  return searchMs;
}

const medianOf = async (ask, atOnce) =>
  median((await eachTimed(Array.from({ length: CALLS * atOnce }), atOnce, ask)).each);
