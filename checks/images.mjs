/**
 * Gives the decoder pictures that were broken on purpose, and small files that ask for much: it must answer each one
 * with a picture or a typed refusal, within its deadline and its memory bound, and lose no process that it does not replace.
 *
 *   node checks/images.mjs [--count N] [--seconds S] [--seed N] [--deadline MS]
 *
 * --count    mutated pictures of each format (10,000)
 * --seconds  stop mutating after this long, with however many were tried; without it fewer than N are a failure
 * --seed     of the mutations (1): the same seed makes the same pictures
 * --deadline how long one picture may take (DECODER_DEADLINE_MS): for machines that do other things beside
 */
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { BOMBS } from "./pictures/bombs.mjs";
import { watchPeak } from "./pictures/memory-peak.mjs";
import { mutate } from "./pictures/mutate.mjs";
import { randomFrom } from "./random.mjs";
import { makeSeeds } from "./pictures/seeds.mjs";
import { tryPictures } from "./pictures/trial.mjs";

const require = createRequire(import.meta.url);
const { readConfig } = require("../dist/config/read-config.js");
const { startImageDecoder } = require("../dist/images/decode/decoder.js");

const PROCESSES = 2;
/** The watch of a decoder looks 100 times a second: that much can be taken between two looks. */
const BETWEEN_LOOKS_BYTES = 64 * 1_048_576;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    seconds: { type: "string" },
    seed: { type: "string", default: "1" },
    deadline: { type: "string" },
  },
});
const count = Number(values.count);
const endsAt = values.seconds === undefined ? Infinity : performance.now() + Number(values.seconds) * 1_000;

const config = readConfig({});
const maxMemoryBytes = config.decoderMemoryMb * 1_048_576;
const deadlineMs = Number(values.deadline ?? config.decoderDeadlineMs);
const deaths = [];
const silent = () => undefined;
const decoder = await startImageDecoder({
  processes: PROCESSES,
  maxImageBytes: config.maxImageBytes,
  maxImagePixels: config.maxImagePixels,
  maxMemoryBytes,
  deadlineMs,
  log: { debug: silent, info: silent, warn: ({ reason }) => deaths.push(reason), error: silent },
});
const peak = watchPeak(() => decoder.pids);

const seeds = await makeSeeds();
const rows = [
  await report(
    "whole",
    inTurn(Object.entries(seeds).flatMap(([name, files]) => files.map((file) => [name, () => file]))),
  ),
];
for (const format of Object.keys(seeds)) rows.push(await report(format, mutants(format)));
// One at a time: looking at what came of one takes as long as decoding it.
rows.push(await report("bombs", inTurn(BOMBS), 1));
const { pids } = decoder;
const peakBytes = peak.stop();
await decoder.close();

function inTurn(pictures) {
  const rest = [...pictures];
  return async () => {
    const [name, make] = rest.shift() ?? [];
    return name === undefined ? null : { name, file: await make() };
  };
}

function mutants(format) {
  const random = randomFrom(Number(values.seed));
  let made = 0;
  return async () => {
    if (made === count || performance.now() > endsAt) return null;
    return { name: `${format} ${made++}`, file: mutate(format, seeds[format], random) };
  };
}

/** Tries them and prints a line of what came of it. */
async function report(name, next, atOnce = PROCESSES) {
  const before = deaths.length;
  const tally = await tryPictures(decoder, next, atOnce);
  const lost = deaths.slice(before);
  const refused = Object.entries(tally.refused).map(([code, times]) => `${times} ${code}`);
  const slowest = `slowest ${Math.round(tally.slowest.ms)} ms (${tally.slowest.name})`;
  const died = `${lost.length} processes lost${lost.length > 0 ? ` (${lost.join(", ")})` : ""}`;
  console.log(`${name}: ${[`${tally.tried} tried`, `${tally.decoded} decoded`, ...refused, died, slowest].join(", ")}`);
  return { name, lost, ...tally };
}

const megabytes = (bytes) => Math.round(bytes / 1_048_576);
const shortfalls = [
  ...rows.flatMap(({ faults }) => faults.slice(0, 10)),
  ...rows
    .filter(({ slowest }) => slowest.ms > deadlineMs)
    .map(({ slowest }) => `${slowest.name} took longer than ${deadlineMs} ms`),
  ...rows
    .slice(0, 1)
    .filter(({ tried, decoded }) => decoded < tried)
    .map(() => "a whole picture was not decoded"),
  ...(pids.length < PROCESSES ? ["a decoder process was not replaced"] : []),
  ...(peakBytes > maxMemoryBytes + BETWEEN_LOOKS_BYTES ? ["a decoder process took more memory than its bound"] : []),
  ...(endsAt === Infinity
    ? rows
        .slice(1, -1)
        .filter(({ tried }) => tried < count)
        .map(({ name }) => `too few ${name}`)
    : []),
];
console.log(`peak of a decoder process: ${megabytes(peakBytes)} MB; bound: ${megabytes(maxMemoryBytes)} MB`);
for (const shortfall of shortfalls) console.log(`FAILED ${shortfall}`);
process.exitCode = shortfalls.length > 0 ? 1 : 0;
