/**
 * Packs Parallax with `npm pack`, installs the tarball into an empty folder with each Node of checks/nodes.mjs and the npm that
 * comes with it, without install scripts, and uses it as somebody would who has nothing else: the demo, the server, every command.
 *
 *   node checks/package.mjs [VERSION …]
 *
 * Milvus Lite is installed once, by the first Node, into a cache folder that the others share. Figures come last.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootFolder } from "../scripts/setup/folders.mjs";
import { installNode, NODES } from "./nodes.mjs";
import { openConsumer } from "./package/consumer.mjs";
import { evaluates, refusesWithoutPython, runsTheCommands, runsTheDemo, serves } from "./package/trials.mjs";

const named = process.argv.slice(2);
const nodes = NODES.filter(({ version }) => named.length === 0 || named.includes(version));
const work = mkdtempSync(join(tmpdir(), "parallax-pack-"));
const home = join(work, "home");
const figures = [];

try {
  if (nodes.length === 0)
    throw new Error(`there is no such Node; there are ${NODES.map(({ version }) => version).join(", ")}`);
  const tarball = pack();
  for (const [i, node] of nodes.entries())
    await tryOn(node, tarball, { first: i === 0, last: named.length === 0 && i === nodes.length - 1 });
} catch (error) {
  console.error(`check:package: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const line of figures) console.log(line);

function pack() {
  const answer = JSON.parse(npm("pack", "--json", "--pack-destination", work));
  // npm has answered as a list and as an object by name.
  const { filename, size, unpackedSize, entryCount } = Object.values(answer)[0];
  figures.push(`tarball: ${megabytes(size)} MB, unpacked ${megabytes(unpackedSize)} MB in ${entryCount} files`);
  return join(work, filename);
}

async function tryOn(version, tarball, { first, last }) {
  const path = await installNode(version);
  const startedMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedMs) / 1_000);
  const consumer = await openConsumer({ path, tarball, home, npmCache: npm("config", "get", "cache").trim() });
  for (const line of consumer.warnings) figures.push(`Node ${version.version}: ${line}`);
  const installed = `installed in ${seconds()} s, node_modules ${megabytes(sizeOf(join(consumer.folder, "node_modules")))} MB`;
  try {
    await refusesWithoutPython(consumer, path);
    const told = await runsTheDemo(consumer);
    if (first && !told.some((line) => /installing Milvus Lite/.test(line)))
      throw new Error("Milvus Lite came from elsewhere");
    await serves(consumer);
    await runsTheCommands(consumer);
    if (last) await evaluates(consumer);
    figures.push(`Node ${version.version}, npm ${version.npm}: ${installed}; all trials passed after ${seconds()} s`);
  } catch (error) {
    throw new Error(`on Node ${version.version}: ${error.message}`, { cause: error });
  } finally {
    await consumer.remove();
  }
}

function npm(...args) {
  return execFileSync("npm", args, { cwd: rootFolder, encoding: "utf8", maxBuffer: 64 * 1_048_576 });
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** Bytes of all files of a folder. */
function sizeOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
