// Lists on their whole way: uploaded to a running server, and sent to it by the importer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ask, freePort, ROOT, startServer, stopServer } from "../kill-server.mjs";
import { randomFrom } from "../random.mjs";
import { compare } from "./compare.mjs";

const CREATE = `mutation ($input: UploadInput!) { createUpload(input: $input) { id url } }`;
const START = `mutation ($input: IngestionInput!) { startIngestion(input: $input) { id } }`;
const ITEMS = `query ($id: ID!) { ingestion(id: $id) { finishedAt items(first: 1000) {
  nodes { line key outcome { ... on IngestFailure { message } } } } } }`;
const DOCUMENTS = `query ($keys: [String!]!) { documents(where: { key: { in: $keys } }, first: 1000) {
  nodes { ... on TextDocument { key text metadata } } } }`;
const POLL_MS = 50;
/** Of keys that the importer sends, since the same lists are uploaded too. */
const PREFIX = "imported/";

/** Tries some lists of each format both ways; what is wrong, the first fault of each list. */
export async function tryByServer(formats, { count, seed, folder, tally }) {
  const server = await startServer({
    ...process.env,
    MODEL: "mini-clip",
    PORT: String(await freePort()),
    DATA_FOLDER: join(folder, "parallax"),
    CACHE_FOLDER: join(ROOT, ".cache"),
    MILVUS_URI: join(folder, "milvus"),
    LOG_LEVEL: "info",
  });
  const faults = [];
  try {
    for (let i = 0; i < count; i++) {
      const { mediaType, make } = formats[i % formats.length];
      const { bytes, rows, about } = make(randomFrom(seed * 7_000_003 + i), true);
      // What a line may have is the server's own here.
      if (about.fault === "tooLong") continue;
      for (const way of [byUpload, byImporter]) {
        const fault = compare(rows, await way(server.url, { bytes, mediaType, rows, folder }), tally);
        if (fault !== null) faults.push(`list ${i} ${JSON.stringify(about)}, ${way.name}: ${fault}`);
      }
      tally.lists++;
    }
  } finally {
    await stopServer(server);
  }
  return faults;
}

async function byUpload(url, { bytes, mediaType, rows }) {
  const { createUpload } = await ask(url, CREATE, { input: { mediaType, bytes: bytes.length } });
  const put = await fetch(createUpload.url, { method: "PUT", headers: { "content-type": mediaType }, body: bytes });
  if (!put.ok) throw new Error(`the upload was answered with ${put.status}.`);
  if (rows.length === 0) return [];
  const { startIngestion } = await ask(url, START, { input: { uploadId: createUpload.id } });
  for (;;) {
    const { ingestion } = await ask(url, ITEMS, { id: startIngestion.id });
    if (ingestion.finishedAt !== null) return fromItems(url, ingestion.items.nodes);
    await pause(POLL_MS);
  }
}

async function fromItems(url, items) {
  const stored = await documentsOf(
    url,
    items.flatMap(({ key }) => key ?? []),
  );
  return items.map(({ line, key, outcome }) =>
    outcome.message === undefined ? { line, item: toItem(key, stored.get(key)) } : { line, told: outcome.message },
  );
}

async function byImporter(url, { bytes, mediaType, rows, folder }) {
  const [list, report] = [join(folder, mediaType === "text/csv" ? "list.csv" : "list.ndjson"), join(folder, "report")];
  await writeFile(list, bytes);
  const args = ["import", list, "--server", url, "--report", report, "--key-prefix", PREFIX, "--no-progress"];
  const child = spawn(process.execPath, [join(ROOT, "bin/parallax.mjs"), ...args], { stdio: "ignore" });
  const [code] = await once(child, "close");
  if (rows.length === 0) return [];
  if (code !== (rows.some(({ fault }) => fault) ? 2 : 0)) throw new Error(`the importer ended with ${code}.`);
  const failures = (await readFile(report, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const told = failures.filter(({ line }) => line !== undefined).map(({ line, message }) => ({ line, told: message }));
  const good = rows.filter(({ item }) => item);
  const keys = good.map(({ item }) => `${PREFIX}${item.key}`);
  const stored = await documentsOf(url, keys);
  return [...told, ...good.map(({ line, item }, at) => ({ line, item: toItem(item.key, stored.get(keys[at])) }))];
}

async function documentsOf(url, keys) {
  const { documents } = await ask(url, DOCUMENTS, { keys });
  return new Map(documents.nodes.map((document) => [document.key, document]));
}

const toItem = (key, document) => document && { kind: "text", key, text: document.text, metadata: document.metadata };
