// npm run bench [-- --json] [-- --save] [-- --only NAME]: every bench in turn, each beside what lies beneath it.
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { memory, startUp } from "./footprint.mjs";
import { pictureIngestion, textIngestion } from "./ingestion.mjs";
import { fullSizeJob, miniJob } from "./job.mjs";
import { calibratedQueries, knownQueries, newQueries } from "./search.mjs";
import { ROOT, setStage } from "./stage.mjs";

/** Name, what measures it. Memory comes last: it is what the others leave behind. */
const BENCHES = [
  ["start-up", startUp],
  ["text ingestion", textIngestion],
  ["picture ingestion", pictureIngestion],
  ["search, new queries", newQueries],
  ["search, known queries", knownQueries],
  ["search, calibrated", calibratedQueries],
  ["memory", memory],
];
/** These set a stage of their own. */
const OWN_STAGE = [
  ["ingestion job", miniJob],
  ["ingestion job, full size", fullSizeJob],
];
const OPTIONS = { json: { type: "boolean" }, save: { type: "boolean" }, only: { type: "string" } };

async function measure([name, bench], stage) {
  try {
    return { name, target: null, ok: true, ...(await bench(stage)) };
  } catch (error) {
    return { name, figures: {}, ratio: null, target: null, ok: false, error: error.message };
  }
}

function show({ name, figures, ratio, target, ok, error }) {
  const parts = Object.entries(figures).map(([what, value]) => `${what} ${value}`);
  if (target !== null) parts.push(`target ${target} ${ok ? "reached" : "MISSED"}`);
  console.log(`${name.padEnd(25)} ${String(ratio ?? "-").padStart(6)}   ${error ?? parts.join(" · ")}`);
}

/**
 * Keeps results beside those of other benches from other runs. `busy`: how many processes wanted a processor before the
 * benches began; above 0 means a machine that was not idle.
 */
async function write(results, busy, args) {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const about = {
    command: ["npm run bench --", ...args.map((arg) => (/\s/.test(arg) ? JSON.stringify(arg) : arg))].join(" "),
    node: process.version,
    machine,
    busy,
  };
  const file = join(ROOT, "bench/results/latest.json");
  const before = JSON.parse(await readFile(file, "utf8")).results;
  const at = new Date().toISOString();
  const others = before.filter(({ name }) => !results.some((result) => result.name === name));
  const kept = [...others, ...results.map((result) => ({ ...result, ...about, at }))];
  await writeFile(file, `${JSON.stringify({ results: kept }, null, 2)}\n`);
}

async function main(args) {
  const { json = false, save = false, only } = parseArgs({ args, options: OPTIONS }).values;
  const isWanted = ([name]) => only === undefined || name === only;
  const names = [...BENCHES, ...OWN_STAGE].map(([name]) => name);
  if (only !== undefined && !names.includes(only))
    throw new Error(`no bench is called that; there are ${names.join("; ")}.`);
  const busy = Number(loadavg()[0].toFixed(1));
  const results = [];
  const report = (result) => {
    results.push(result);
    if (json) console.log(JSON.stringify(result));
    else show(result);
  };
  if (!json) console.log(`${"".padEnd(25)}  ratio   figures (ratio: Parallax to what is beneath it)`);
  const shared = BENCHES.filter(isWanted);
  const stage = shared.length > 0 ? await setStage() : null;
  try {
    for (const bench of shared) report(await measure(bench, stage));
  } finally {
    await stage?.clear();
  }
  for (const bench of OWN_STAGE.filter(isWanted)) report(await measure(bench));
  if (save) await write(results, busy, args);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  },
);
