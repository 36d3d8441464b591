// npm run bench [-- --json] [-- --save]: every bench in turn against one server, each beside what lies beneath it.
import { writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { memory, startUp } from "./footprint.mjs";
import { pictureIngestion, textIngestion } from "./ingestion.mjs";
import { knownQueries, newQueries } from "./search.mjs";
import { ROOT, setStage } from "./stage.mjs";

/** Name, what measures it. Memory comes last: it is what the others leave behind. */
const BENCHES = [
  ["start-up", startUp],
  ["text ingestion", textIngestion],
  ["picture ingestion", pictureIngestion],
  ["search, new queries", newQueries],
  ["search, known queries", knownQueries],
  ["memory", memory],
];
const FLAGS = ["--json", "--save"];

async function measure([name, bench], stage) {
  try {
    return { name, ...(await bench(stage)), target: null, ok: true };
  } catch (error) {
    return { name, figures: {}, ratio: null, target: null, ok: false, error: error.message };
  }
}

function show({ name, figures, ratio, error }) {
  const parts = Object.entries(figures).map(([what, value]) => `${what} ${value}`);
  console.log(`${name.padEnd(22)} ${String(ratio ?? "-").padStart(6)}   ${error ?? parts.join(" · ")}`);
}

/** `busy`: how many processes wanted a processor before the benches began; above 0 means a machine that was not idle. */
async function save(results, busy) {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const about = { command: "npm run bench -- --save", node: process.version, machine, busy, model: "mini-clip" };
  const file = join(ROOT, "bench/results/latest.json");
  await writeFile(file, `${JSON.stringify({ ...about, at: new Date().toISOString(), results }, null, 2)}\n`);
}

async function main(flags) {
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown) throw new Error(`unknown option ${unknown}; there are ${FLAGS.join(", ")}.`);
  const json = flags.includes("--json");
  const busy = Number(loadavg()[0].toFixed(1));
  const stage = await setStage();
  const results = [];
  try {
    if (!json) console.log(`${"".padEnd(22)}  ratio   figures (ratio: Parallax to what is beneath it)`);
    for (const bench of BENCHES) {
      const result = await measure(bench, stage);
      results.push(result);
      if (json) console.log(JSON.stringify(result));
      else show(result);
    }
  } finally {
    await stage.clear();
  }
  if (flags.includes("--save")) await save(results, busy);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  },
);
