/**
 * Generated lists, as spreadsheets, data frames and people write them: CSV dialects × encodings × faults, NDJSON likewise, read
 * by the server and by the importer, against what each row means. Nothing may be lost, nothing changed in silence, and every
 * row that is wrong has to be told with its line.
 *
 *   npm run check:inputs [-- --count N --seed S --api N]
 *
 * --count  lists of each format (3,000)
 * --seed   of the lists (1): the same seed makes the same ones
 * --api    how many of them also go through a running server, by upload and by the importer (20); 0: none
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { tryByServer } from "./inputs/by-server.mjs";
import { compare } from "./inputs/compare.mjs";
import { makeCsvList } from "./inputs/csv-list.mjs";
import { makeNdjsonList } from "./inputs/ndjson-list.mjs";
import { readAsImporter, readAsServer } from "./inputs/readers.mjs";
import { randomFrom } from "./random.mjs";

const FORMATS = [
  { name: "CSV", mediaType: "text/csv", make: makeCsvList },
  { name: "NDJSON", mediaType: "application/x-ndjson", make: makeNdjsonList },
];
const SHOWN = 5;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "3000" },
    seed: { type: "string", default: "1" },
    api: { type: "string", default: "20" },
  },
});
const [count, seed, api] = [Number(values.count), Number(values.seed), Number(values.api)];

const newTally = () => ({ lists: 0, good: 0, bad: 0, lost: 0, changed: 0, untold: 0, invented: 0 });
const isClean = ({ lost, changed, untold, invented }) => lost + changed + untold + invented === 0;
const say = (name, { lists, good, bad, lost, changed, untold, invented }, seconds) =>
  `  ${name}: ${lists} lists, ${good} good rows and ${bad} bad ones: ${lost} lost, ${changed} changed, ${untold} untold, ${invented} invented, ${seconds} s`;

/** A list of empty rows is told as such. */
const asFound = (error) => (error.code === "BAD_USER_INPUT" ? [] : [{ line: 0, told: error.message }]);

async function readMany({ name, mediaType, make }, folder) {
  const began = performance.now();
  const [tally, faults] = [newTally(), []];
  for (let i = 0; i < count; i++) {
    // Of each its own, so that one can be looked at alone.
    const chance = randomFrom(seed * 1_000_003 + i);
    const { bytes, rows, about } = make(chance);
    const list = { bytes, mediaType };
    for (const read of [readAsServer, readAsImporter]) {
      // The importer leaves a line's length to the server.
      if (about.fault === "tooLong" && read === readAsImporter) continue;
      const found = await read(list, read === readAsServer ? chance : folder).catch(asFound);
      const fault = compare(rows, found, tally);
      if (fault !== null) faults.push(`list ${i} ${JSON.stringify(about)}, ${read.name}: ${fault}`);
    }
    tally.lists++;
  }
  return { tally, faults, line: say(name, tally, ((performance.now() - began) / 1_000).toFixed(1)) };
}

const folder = await mkdtemp(join(tmpdir(), "parallax-inputs-"));
const results = [];
try {
  for (const format of FORMATS) results.push(await readMany(format, folder));
  if (api > 0) {
    const tally = newTally();
    const began = performance.now();
    const faults = await tryByServer(FORMATS, { count: api, seed, folder, tally });
    results.push({
      tally,
      faults,
      line: say("through a server", tally, Math.round((performance.now() - began) / 1_000)),
    });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const { faults } of results)
  for (const fault of faults.slice(0, SHOWN)) console.log(`  FAILED ${fault.slice(0, 900)}`);
console.log(`inputs, seed ${seed}; a row counts once for each reader:`);
for (const { line } of results) console.log(line);
process.exitCode = results.every(({ tally }) => isClean(tally)) ? 0 : 1;
