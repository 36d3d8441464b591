/**
 * Generated filters, each compared with its meaning in memory: through the store's port on Milvus Lite and on a Milvus
 * server, and through the GraphQL API on both.
 *
 *   npm run check:filters [-- --count N --seed S --only lite|server|api]
 *
 * --count  filters on each store (10,000); the API gets a twentieth of them on each
 * --seed   of documents and filters (1): the same seed makes the same ones
 * --milvus address of a Milvus server that runs already; else the one of the contract tests is started
 * --only   one part; where no Milvus server is installed, its part is left out and said so
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openByApi } from "./filters/by-api.mjs";
import { openByStore } from "./filters/by-store.mjs";
import { makeDocuments } from "./filters/documents.mjs";
import { tryFilters } from "./filters/trial.mjs";
import { hasMilvusServer, startMilvusServer } from "./milvus-server.mjs";
import { randomFrom } from "./random.mjs";

const DOCUMENTS = 320;
const API_SHARE = 20;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    milvus: { type: "string" },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const wants = (part) => values.only === undefined || values.only === part;
const documents = makeDocuments(DOCUMENTS, randomFrom(seed));

async function runPart(name, open, filters) {
  const target = await open();
  const began = performance.now();
  try {
    const tally = await tryFilters(target, filters, randomFrom(seed + 1));
    const refused = [...tally.refused].map(([why, times]) => `    ${times} refused: ${why}`);
    const { tried, compared, nobody, everybody, mismatches } = tally;
    const seconds = Math.round((performance.now() - began) / 1_000);
    return {
      ok: mismatches.length === 0,
      lines: [
        `  ${name}: ${tried} tried, ${compared} compared (${nobody} match nothing, ${everybody} everything), ${mismatches.length} wrong, ${seconds} s`,
        ...refused,
        ...mismatches.slice(0, 3).map((mismatch) => `    FAILED ${mismatch}`),
      ],
    };
  } finally {
    await target.close();
  }
}

async function runOn(name, part, address, folder) {
  const results = [];
  if (wants(part)) results.push(await runPart(name, () => openByStore(address, documents), count));
  if (wants("api")) {
    const filters = Math.ceil(count / API_SHARE);
    results.push(await runPart(`API on ${name}`, () => openByApi(address, folder, documents), filters));
  }
  return results;
}

const folder = await mkdtemp(join(tmpdir(), "parallax-filters-"));
const results = [];
try {
  if (wants("lite") || wants("api")) results.push(...(await runOn("Lite", "lite", join(folder, "lite"), folder)));
  if (wants("server") || wants("api")) {
    if (values.milvus !== undefined || hasMilvusServer()) {
      const running = { address: values.milvus, stop: () => undefined };
      const server = values.milvus === undefined ? await startMilvusServer(join(folder, "server")) : running;
      results.push(...(await runOn("server", "server", server.address, folder).finally(server.stop)));
    } else results.push({ ok: true, lines: ["  server: LEFT OUT, no Milvus server is installed here"] });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`filters, seed ${seed}, ${DOCUMENTS} documents:`);
for (const { lines } of results) for (const line of lines) console.log(line);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
