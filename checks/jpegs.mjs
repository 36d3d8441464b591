/**
 * Damages JPEGs in the ways of the field and holds the decoder against a browser: what Chromium shows whole is accepted,
 * what it shows in part, or what is cut off, is refused.
 *
 *   node checks/jpegs.mjs [--rounds N] [--seed N]
 *
 * --rounds  times that each kind of damage is done to each kind of JPEG (20)
 * --seed    of chance (1)
 */
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { openBrowser } from "./jpegs/browser.mjs";
import { DAMAGES, IS_CUT, LACKS_END, UNTELLABLE, withEnd } from "./jpegs/damage.mjs";
import { makeSeeds } from "./jpegs/seeds.mjs";
import { randomFrom } from "./random.mjs";

const require = createRequire(import.meta.url);
const { readConfig } = require("../dist/config/read-config.js");
const { startImageDecoder } = require("../dist/images/decode/decoder.js");

const SHAPE = { side: 32, fit: "cover", scaledTo: 32, filter: "bicubic", resampler: "libvips" };
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
});
const rounds = Number(values.rounds);
const random = randomFrom(Number(values.seed));

const browser = await openBrowser();
if (browser === null) {
  console.log("There is no Chromium to hold the decoder against: set CHROMIUM_PATH.");
  process.exit(1);
}
const config = readConfig({});
const silent = () => undefined;
const decoder = await startImageDecoder({
  processes: 2,
  maxImageBytes: config.maxImageBytes,
  maxImagePixels: config.maxImagePixels,
  maxMemoryBytes: config.decoderMemoryMb * 1_048_576,
  deadlineMs: config.decoderDeadlineMs,
  log: { debug: silent, info: silent, warn: silent, error: silent },
});

const seeds = await makeSeeds();
const total = { tried: 0, whole: 0, refusedWhole: 0, acceptedBroken: 0, untellable: 0 };
for (const [name, damage] of Object.entries(DAMAGES)) {
  const row = { tried: 0, whole: 0, accepted: 0, refusedWhole: [], acceptedBroken: [] };
  for (const [kind, seed] of Object.entries(seeds)) {
    for (let round = 0; round < rounds; round++) {
      const file = damage(seed, random);
      if (file === null) break;
      const isWhole = !IS_CUT.has(name) && (await browser.showsWhole(LACKS_END.has(name) ? withEnd(file) : file, seed));
      const [outcome] = await decoder.decode([file], SHAPE);
      row.tried++;
      if (isWhole) row.whole++;
      if (outcome.ok) row.accepted++;
      if (isWhole && !outcome.ok) row.refusedWhole.push(`${kind} (${outcome.error.message})`);
      if (!isWhole && outcome.ok) row.acceptedBroken.push(kind);
    }
  }
  const isUntellable = UNTELLABLE.has(name);
  total.tried += row.tried;
  total.whole += row.whole;
  total.refusedWhole += row.refusedWhole.length;
  total[isUntellable ? "untellable" : "acceptedBroken"] += row.acceptedBroken.length;
  console.log(`${name}: ${row.tried} tried, ${row.whole} shown whole, ${row.accepted} accepted`);
  for (const one of new Set(row.refusedWhole)) console.log(`  REFUSED though it is shown whole: ${one}`);
  for (const one of new Set(row.acceptedBroken))
    console.log(`  ${isUntellable ? "accepted" : "ACCEPTED"} though it is not shown whole: ${one}`);
}
await decoder.close();
await browser.close();
console.log(
  `${total.tried} tried, ${total.whole} shown whole; ${total.refusedWhole} of those refused; ${total.acceptedBroken} accepted that are not shown whole, ` +
    `and ${total.untellable} whose data were overwritten or taken out, of which a decoder cannot always know`,
);
process.exitCode = total.refusedWhole + total.acceptedBroken > 0 ? 1 : 0;
