import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { rootFolder } from "../scripts/setup/folders.mjs";
import { NAMES } from "./rows.mjs";

const FILE = join(rootFolder, "bench/results/latest.json");

/** A row for people. */
export function show({ name, figures, ratio, target, ok, missed, bound, error }) {
  const parts = error ? [error] : Object.entries(figures).map(([what, value]) => `${what} ${value}`);
  if (target !== null) parts.push(`target: ${target}${ok ? "" : `, MISSED: ${missed.join(", ")}`}`);
  if (bound) parts.push(`bound: ${bound}`);
  console.log(`${name.padEnd(26)} ${String(ratio ?? "-").padStart(6)}   ${parts.join(" · ")}`);
}

/**
 * Keeps results beside those of other rows from other runs; of a row that is no more they go. `busy`: how many processes
 * wanted a processor before the benches began; above 0 means a machine that was not idle.
 */
export async function keep(results, busy, args) {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const command = ["npm run bench --", ...args.map((arg) => (/\s/.test(arg) ? JSON.stringify(arg) : arg))].join(" ");
  const about = { command, node: process.version, machine, busy, at: new Date().toISOString() };
  const made = new Map(results.map((result) => [result.name, { ...result, ...about }]));
  const before = new Map(JSON.parse(await readFile(FILE, "utf8")).results.map((result) => [result.name, result]));
  const kept = NAMES.flatMap((name) => made.get(name) ?? before.get(name) ?? []);
  await writeFile(FILE, `${JSON.stringify({ results: kept }, null, 2)}\n`);
}
