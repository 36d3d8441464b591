import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { dataIn } from "../support/parallax-cli";
import { makePdf } from "../support/pdfs";
import { startTestServer } from "../support/server";

const PAGES = 100;
const pages = Array.from({ length: PAGES }, (_, i) => `Page ${i + 1} of a long paper`);

let folder: string;
let child: ChildProcess | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-pdf-kill-"));
});
afterAll(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** A server as a process of its own, and where it listens. */
async function serve(): Promise<string> {
  const entry = join(__dirname, "../../dist/main.js");
  child = spawn(process.execPath, [entry], {
    env: { PATH: process.env["PATH"], ...dataIn(folder), INGESTION_LEASE_MS: "1000" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  // Read to the end, since a server whose output nobody takes ends.
  child.stdout!.on("data", (piece) => (said += String(piece)));
  for (let tries = 0; tries < 600; tries++) {
    const [url] = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said) ?? [];
    if (url !== undefined) return url;
    await pause(100);
  }
  throw new Error(`The server did not start: ${said}`);
}

async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const body = JSON.stringify({ query, variables });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const START = `mutation ($base64: String!) { startIngestion(input: { pdfs: [
  { key: "paper", pdf: { base64: $base64 } }, { pdf: { base64: $base64 }, metadata: { copy: true } }
] }) { id } }`;
const STATE = `query ($id: ID!) { ingestion(id: $id) { state items { nodes { attempts outcome {
  ... on Ingested { created pdf { pages } } ... on IngestFailure { message }
} } } } }`;
const STORED = `query ($after: String) { documents(first: 1000, after: $after) {
  nodes { ... on TextDocument { key text pdfPage { page } } }
} }`;
interface Stored {
  readonly documents: { readonly nodes: readonly { key: string; text: string; pdfPage: { page: number } }[] };
}

it("stores every page once though the server is killed in the middle of the PDF", async () => {
  const url = await serve();
  const base64 = Buffer.from(makePdf({ pages })).toString("base64");
  const { startIngestion } = await ask<{ startIngestion: { id: string } }>(url, START, { base64 });
  let before = 0;
  while (before === 0) before = (await ask<Stored>(url, STORED)).documents.nodes.length;
  child!.kill("SIGKILL");
  // Some pages were there, and some were still to come.
  expect(before).toBeLessThan(2 * PAGES);

  await pause(1_500);
  const server = await startTestServer({ folder, env: { INGESTION_LEASE_MS: "1000" } });
  type State = { ingestion: { state: string; items: { nodes: object[] } } };
  const state = async () => (await ask<State>(server.url, STATE, { id: startIngestion.id })).ingestion;
  let ingestion = await state();
  for (; ["QUEUED", "RUNNING"].includes(ingestion.state); ingestion = await state()) await pause(100);
  const outcome = { created: true, pdf: { pages: PAGES } };
  expect([ingestion.state, ingestion.items.nodes]).toMatchObject(["SUCCEEDED", [{ outcome }, { outcome }]]);
  const { nodes } = (await ask<Stored>(server.url, STORED)).documents;
  const ofKey = nodes.filter(({ key }) => key.startsWith("paper#page="));
  expect([nodes.length, ofKey.length]).toEqual([2 * PAGES, PAGES]);
  expect(nodes.filter(({ text, pdfPage }) => text !== pages[pdfPage.page - 1])).toEqual([]);
  await server.stop();
}, 180_000);
