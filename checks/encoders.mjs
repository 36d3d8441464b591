/**
 * Remote encoders at their worst. Through an API that stalls, breaks off, is busy, fails, answers in another order, with other
 * lengths, other counts and NaN, at random, a running Parallax stores texts and pictures: no vector may be wrong, nothing
 * lost, and what is not stored must say why. Then through another Parallax that is killed in the middle: all must be as the
 * model itself has it. With --only infinity instead: the contract of encoders, against a real Infinity server that is installed on
 * first use (6 GB).
 *
 *   npm run check:encoders [-- --texts N --pictures N --rate 0.15 --protocol jina --items N --kills N --seed S --only api|parallax|infinity]
 *
 * --texts, --pictures  how many go through the API (10,000 and 1,000)
 * --rate               share of requests that the API answers badly
 * --items, --kills     how many go through the other Parallax (5,000), and how often that is killed (5)
 */
import { parseArgs } from "node:util";
import { checkApi } from "./encoders/by-api.mjs";
import { holdsByInfinity } from "./encoders/by-infinity.mjs";
import { checkParallax } from "./encoders/by-parallax.mjs";

const { values } = parseArgs({
  options: {
    texts: { type: "string", default: "10000" },
    pictures: { type: "string", default: "1000" },
    rate: { type: "string", default: "0.15" },
    protocol: { type: "string", default: "jina" },
    items: { type: "string", default: "5000" },
    kills: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const [texts, pictures, rate, items, kills, seed] = ["texts", "pictures", "rate", "items", "kills", "seed"].map(
  (name) => Number(values[name]),
);

const print = (what, value) => console.log(`${what.padEnd(44)} ${value}`);
const seconds = (since) => ((performance.now() - since) / 1_000).toFixed(0);

/** Whether all of these are 0; prints them. */
function allZero(figures) {
  for (const [what, value] of Object.entries(figures)) print(what, value);
  return Object.values(figures).every((value) => value === 0);
}

function showApi(found, took) {
  const { told } = found;
  print("through an API: items", `${found.items} (${found.poisoned} that it never takes), ${took} s`);
  print("requests, and inputs in the longest", `${told.requests}, ${told.most}`);
  print("answered badly", JSON.stringify(told.faults));
  print("stored", found.stored);
  for (const [reason, count] of Object.entries(found.reasons)) print(`  ${count} failed`, reason);
  print("searches beside, and refused with a reason", `${found.searches}, ${found.searchesRefused}`);
  return allZero({
    "wrong vectors stored": found.wrongVectors,
    "told to be stored and lost": found.lost,
    "given up though the API takes them": found.givenUp,
    "not refused though the API never takes them": found.poisonedTaken,
    "failures without a reason": found.untyped + found.searchesUntyped,
    "failures that repeat the key": found.keyRepeated,
  });
}

function showParallax({ items: count, killed, faults, notIdentical }, took) {
  print("through another Parallax: items", `${count}, ${took} s`);
  print("times that it was killed", killed);
  print("vectors not bit for bit the model's", notIdentical);
  return allZero(faults) && killed > 0;
}

async function main() {
  const { only } = values;
  if (!["", "api", "parallax", "infinity"].includes(only)) throw new Error(`--only ${only}: there is no such part.`);
  if (only === "infinity") return (await holdsByInfinity()) ? 0 : 1;
  const verdicts = [];
  const shows = [];
  if (only !== "parallax") {
    const began = performance.now();
    const found = await checkApi({ protocol: values.protocol, texts, pictures, rate, seed });
    const took = seconds(began);
    shows.push(() => showApi(found, took));
  }
  if (only !== "api") {
    const began = performance.now();
    const found = await checkParallax({ items, kills, seed });
    const took = seconds(began);
    shows.push(() => showParallax(found, took));
  }
  for (const show of shows) verdicts.push(show());
  const good = verdicts.every(Boolean);
  if (!good) console.log("FAILED");
  return good ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`check:encoders: ${error.stack}`);
    process.exit(1);
  },
);
