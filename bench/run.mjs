/**
 * npm run bench: every row of bench/README.md in turn, each beside what lies beneath it or what people would use instead.
 *
 *   npm run bench [-- --only NAME … --long --json --save --quick]
 *
 * --only  this row alone; may be given again
 * --long  the long rows too
 * --json  one object a line instead of a table
 * --save  keeps the results in bench/results/latest.json
 * --quick everything small: whether the rows work; the figures mean nothing and are not kept
 *
 * Exit code: 0 every row keeps its target, 1 one falls short.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { keep, show } from "./report.mjs";
import { GROUPS, NAMES } from "./rows.mjs";

const OPTIONS = {
  only: { type: "string", multiple: true, default: [] },
  long: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  save: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
};
const QUICK_SHARE = 0.05;

/** A size of this run: the full one, or a small share of it that is not under `least`. */
const sizing = (quick) => (full, least) => (quick ? Math.max(least, Math.round(full * QUICK_SHARE)) : full);

const failed = (name, error) => ({ name, figures: {}, ratio: null, target: null, ok: false, error: error.message });

async function measure({ name, run }, stage) {
  const began = performance.now();
  const result = await run(stage).then(
    (measured) => ({ name, ...measured }),
    (error) => failed(name, error),
  );
  return { ...result, seconds: Math.round((performance.now() - began) / 1_000) };
}

/** Runs a group's rows on its stage; where there can be no stage, each of them fails with the reason. */
async function runGroup({ open, rows }, plan, report) {
  let stage;
  try {
    stage = await open(plan);
  } catch (error) {
    for (const { name } of rows) report(failed(name, error));
    return;
  }
  try {
    for (const row of rows) report(await measure(row, stage));
  } finally {
    await stage.close?.();
  }
}

function check({ only, quick, save }) {
  const unknown = only.find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw new Error(`no row is called ${JSON.stringify(unknown)}; there are ${NAMES.join("; ")}.`);
  if (quick && save) throw new Error("--quick measures nothing worth keeping: leave --save out.");
}

async function main(args) {
  const options = parseArgs({ args, options: OPTIONS }).values;
  check(options);
  const { only, json } = options;
  const isWanted = ({ name, long }) => (only.length > 0 ? only.includes(name) : options.long || !long);
  const busy = Number(loadavg()[0].toFixed(1));
  const results = [];
  const report = (result) => {
    results.push(result);
    if (json) console.log(JSON.stringify(result));
    else show(result);
  };
  for (const { open, rows } of GROUPS) {
    const wanted = rows.filter(isWanted);
    if (wanted.length > 0) await runGroup({ open, rows: wanted }, { sized: sizing(options.quick) }, report);
  }
  if (options.save) await keep(results, busy, args);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

// Exit handlers and closed channels end what was started.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  },
);
