import { join } from "node:path";
import { hasMilvusServer, startMilvusServer } from "../../checks/milvus-server.mjs";
import { search } from "../client.mjs";
import { queries } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median, ratioOf } from "../measure.mjs";
import { openCollection, untilQuiet } from "../scale/collection.mjs";
import { recalls } from "../scale/recall.mjs";
import { GROUPS, makeWorld } from "../scale/world.mjs";
import { inPlace } from "../stage/place.mjs";
import { eachStage } from "../stage/timings.mjs";

const LITE_SIZES = [1_000, 10_000, 100_000];
const SERVER_SIZES = [1_000, 100_000, 1_000_000];
const QUERIES = 20;
const ROUNDS = 5;
const SEARCHES_A_ROUND = 30;

/** What a search costs, and what it finds, as the documents grow a hundredfold on Milvus Lite. */
export const scaleOnLite = (plan) => inPlace((place) => scale(place, undefined, LITE_SIZES, plan));

/** The same on the Milvus server, a thousandfold. */
export const scaleOnServer = (plan) =>
  inPlace(async (place) => {
    if (!hasMilvusServer()) throw new Error("there is no Milvus server here; npm run test:contract installs it.");
    const { address } = place.keep(await startMilvusServer(join(place.folder, "milvus")));
    return scale(place, address, SERVER_SIZES, plan);
  });

async function scale({ folder, keep }, address, fullSizes, plan) {
  const sizes = [...new Set(fullSizes.map((size) => plan.sized(size, 100)))];
  const world = await makeWorld(Math.max(...sizes), plan.sized(QUERIES, 4));
  const collections = [];
  for (const size of sizes) {
    const opened = await openCollection({ folder, address }, world, size);
    keep(opened.server);
    collections.push(opened);
  }
  const secondsUntilQuiet = await untilQuiet();
  const p50 = await latencies(collections, plan);
  const found = [];
  for (const { size, server } of collections) found.push({ size, cases: await recalls(server.client, world, size) });
  const extra = { "the machine was quiet after, s": secondsUntilQuiet, ...(await stagesOf(collections, plan)) };
  return result(collections, p50, found, extra);
}

/** Where the time of a new query goes at each size. */
async function stagesOf(collections, plan) {
  const figures = {};
  for (const { size, server } of collections) {
    const stages = await eachStage(server.client, queries(plan.sized(SEARCHES_A_ROUND, 10), `stages${size}`));
    for (const [name, ms] of Object.entries(stages)) figures[`${size}: ${name}`] = ms;
  }
  return figures;
}

/** Medians of new and of known queries, both modalities, by size, the sizes in turns: { new: { size: [..] }, known: … }. */
async function latencies(collections, plan) {
  const count = plan.sized(SEARCHES_A_ROUND, 10);
  const known = queries(10, "known");
  const by = (asked) =>
    Object.fromEntries(
      collections.map(({ size, server }) => [
        size,
        async (round) => median((await eachTimed(asked(round, size), 1, (text) => search(server.client, text))).each),
      ]),
    );
  const again = by(() => Array.from({ length: count }, (_, i) => known[i % known.length]));
  for (const measure of Object.values(again)) await measure();
  return {
    new: await alternate(
      ROUNDS,
      by((round, size) => queries(count, `scale${size}${round}`)),
    ),
    known: await alternate(ROUNDS, again),
  };
}

function result(collections, p50, found, extra) {
  const sizes = collections.map(({ size }) => size);
  const [first, last] = [sizes[0], sizes.at(-1)];
  const figures = {};
  for (const { size, secondsToStore } of collections) {
    figures[`${size}: stored and indexed in, s`] = secondsToStore;
    figures[`${size}: new query, p50 ms`] = median(p50.new[size]);
    figures[`${size}: known query, p50 ms`] = median(p50.known[size]);
  }
  for (const { size, cases } of found) {
    for (const group of [null, ...Object.keys(GROUPS)]) {
      const own = cases.filter((one) => one.group === group);
      const name = `${size}: ${group ?? "unfiltered"}`;
      figures[`${name}, lowest recall@10`] = Math.min(...own.map(({ recall }) => recall));
      figures[`${name}, slowest p50 ms`] = Math.max(...own.map((one) => one.p50));
    }
  }
  const lowest = found
    .flatMap(({ size, cases }) => cases.map((one) => ({ ...one, size })))
    .toSorted((a, b) => a.recall - b.recall)[0];
  figures["lowest recall@10 of all"] = `${lowest.recall.toFixed(4)}: ${lowest.name}, ${lowest.size} documents`;
  Object.assign(figures, extra);
  const ratio = ratioOf(p50.new[last], p50.new[first]);
  return judged(figures, [
    { what: `times the p50 of ${first}`, value: ratio, atMost: 2 },
    { what: "recall@10", value: lowest.recall, atLeast: 0.98 },
  ]);
}
