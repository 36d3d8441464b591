import { setTimeout as pause } from "node:timers/promises";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { print } from "graphql";
import WebSocket from "ws";
import {
  CancelIngestionDocument,
  CollectionDocument,
  CreateUploadDocument,
  DocumentsDocument,
  IngestionDocument,
  IngestionProgressDocument,
  ResumeIngestionDocument,
  RetryIngestionDocument,
  StartIngestionDocument,
  type IngestionFieldsFragment,
  type IngestionInput,
} from "../generated/operations";
import { plainBase64 } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";
import { startUnrulyHost, type UnrulyHost } from "../support/unruly-host";

const FINAL = ["SUCCEEDED", "COMPLETED_WITH_FAILURES", "CANCELLED"];
const PICTURES = 12;

let host: UnrulyHost;
let files: Buffer[];
let outage = true;
let server: TestServer;

beforeAll(async () => {
  files = await Promise.all(
    Array.from({ length: PICTURES }, async (_, i) =>
      Buffer.from(await plainBase64([i * 20, 90, 255 - i * 20], 64), "base64"),
    ),
  );
  host = await startUnrulyHost((request, response) => {
    const [, name = ""] = request.url!.split("/");
    if (name === "flaky" && outage) return void response.writeHead(503).end();
    if (name === "page") return void response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    if (name === "missing") return void response.writeHead(404).end();
    if (name === "slow") return void setTimeout(() => response.end(files[0]), 300);
    response.end(name === "flaky" ? files[PICTURES - 1] : files[Number(name)]);
  });
  server = await startTestServer({ env: { FETCH_ALLOWED_HOSTS: `127.0.0.1:${host.port}`, FETCH_RETRIES: "0" } });
});
afterAll(async () => {
  await server.remove();
  await host.stop();
});

const urlOf = (name: string | number) => `${host.url}/${name}`;
const texts = (count: number, series: string) => Array.from({ length: count }, (_, i) => ({ text: `${series} ${i}` }));

async function start(input: IngestionInput): Promise<IngestionFieldsFragment> {
  const { data, errors } = await server.ask(StartIngestionDocument, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.startIngestion;
}
async function ended(id: string): Promise<IngestionFieldsFragment> {
  for (;;) {
    const { data } = await server.ask(IngestionDocument, { id });
    if (FINAL.includes(data.ingestion!.state)) return data.ingestion!;
    await pause(50);
  }
}
const itemsOf = async (id: string) => {
  const { data } = await server.ask(IngestionDocument, { id, states: null, first: 1_000 });
  return data.ingestion!.items.nodes;
};
const putList = async (mediaType: string, list: string): Promise<string> => {
  const bytes = Buffer.byteLength(list);
  const { data } = await server.ask(CreateUploadDocument, { input: { mediaType, bytes } });
  const { status } = await fetch(data.createUpload.url, {
    method: "PUT",
    body: list,
    headers: { "content-type": mediaType },
  });
  expect(status).toBe(200);
  return data.createUpload.id;
};

describe("an ingestion", () => {
  it("stores texts and pictures, and tells of each what became of it", async () => {
    const images = [0, 1, 0].map((name) => ({ image: { url: urlOf(name) }, caption: `picture ${name}` }));
    const started = await start({
      texts: [...texts(3, "mixed"), { text: " " }],
      images: [...images, { image: { url: urlOf("page") } }],
    });
    expect(started).toMatchObject({ total: 8, state: expect.stringMatching(/QUEUED|RUNNING/) });
    const done = await ended(started.id);
    expect(done).toMatchObject({
      state: "COMPLETED_WITH_FAILURES",
      pending: 0,
      ingested: 5,
      duplicates: 1,
      failed: 2,
      itemsPerSecond: null,
    });
    const items = await itemsOf(started.id);
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(items[3]!.outcome).toMatchObject({ code: "INVALID_TEXT", retryable: false });
    expect(items[7]!.outcome).toMatchObject({ code: "FETCH_FAILED", retryable: false });
    const same = [items[4]!, items[6]!].map(({ outcome }) => (outcome as { documentId: string }).documentId);
    expect(same[0]).toBe(same[1]);
  });

  it("takes lists that were uploaded, and tells which lines are no items", async () => {
    const ndjson = [
      '{"text":"from a list","key":"list-1","metadata":{"colour":"red"}}',
      "not json",
      `{"image":"${urlOf(2)}","caption":"from a list"}`,
    ].join("\n");
    const done = await ended((await start({ uploadId: await putList("application/x-ndjson", ndjson) })).id);
    expect(done).toMatchObject({ total: 3, ingested: 2, failed: 1 });
    expect((await itemsOf(done.id))[1]!.outcome).toMatchObject({
      code: "INVALID_ITEM",
      message: expect.stringContaining("Line 2"),
    });

    const csv = `key,text,image,colour\nlist-2,a row,,blue\n,,${urlOf(3)},red\n`;
    expect(await ended((await start({ uploadId: await putList("text/csv", csv) })).id)).toMatchObject({ ingested: 2 });
    const { data } = await server.ask(DocumentsDocument, { where: { key: { startsWith: "list-" } }, first: 10 });
    expect(data.documents.nodes.map(({ key, metadata }) => [key, metadata["colour"]]).sort()).toEqual([
      ["list-1", "red"],
      ["list-2", "blue"],
    ]);
  });

  it("is the same one for the same request, whatever it holds", async () => {
    const first = await start({ requestId: "nightly", texts: texts(2, "nightly") });
    const second = await start({ requestId: "nightly", texts: texts(5, "other") });
    expect(second).toMatchObject({ id: first.id, total: 2 });
    await ended(first.id);
  });

  it("stores the last of equal keys, whatever order they are done in", async () => {
    const images = [{ key: "twice", image: { url: urlOf("slow") } }];
    const uploadId = await putList("application/x-ndjson", '{"text":"the last","key":"twice"}\n');
    const done = await ended((await start({ images, uploadId })).id);
    expect(done).toMatchObject({ state: "SUCCEEDED", ingested: 2 });
    const { data } = await server.ask(DocumentsDocument, { where: { key: { in: ["twice"] } } });
    expect(data.documents.nodes).toMatchObject([{ __typename: "TextDocument", text: "the last" }]);
  });

  it("tries again what may succeed later, by itself and when asked", async () => {
    const { id } = await start({ images: [{ image: { url: urlOf("flaky") } }, { image: { url: urlOf("missing") } }] });
    await pause(400);
    const [waiting] = await itemsOf(id);
    expect(waiting).toMatchObject({ state: "PENDING", outcome: { code: "FETCH_FAILED", retryable: true } });
    outage = false;
    expect(await ended(id)).toMatchObject({ ingested: 1, failed: 1 });
    const again = async (onlyRetryable: boolean) =>
      (await server.ask(RetryIngestionDocument, { id, onlyRetryable })).data.retryIngestion;
    expect(await again(true)).toMatchObject({ state: "COMPLETED_WITH_FAILURES", pending: 0 });
    expect(await again(false)).toMatchObject({ pending: 1 });
    expect(await ended(id)).toMatchObject({ failed: 1 });
  });

  it("can be cancelled and resumed; what is stored by then stays", async () => {
    const { id } = await start({ texts: texts(1_000, "to be cancelled") });
    await pause(300);
    await server.ask(CancelIngestionDocument, { id });
    const cancelled = await ended(id);
    expect(cancelled).toMatchObject({ state: "CANCELLED", total: 1_000, pending: 0, failed: 0 });
    expect(cancelled.cancelled).toBeGreaterThan(0);
    expect(cancelled.ingested + cancelled.cancelled).toBe(1_000);
    expect((await server.ask(ResumeIngestionDocument, { id })).data.resumeIngestion.pending).toBe(cancelled.cancelled);
    expect(await ended(id)).toMatchObject({ state: "SUCCEEDED", ingested: 1_000, duplicates: 0 });
  });

  it("goes on after a restart, and counts nothing twice", async () => {
    const before = (await server.ask(CollectionDocument)).data.collection.texts;
    const { id } = await start({ texts: texts(600, "over a restart") });
    await pause(200);
    server = await server.restart();
    expect(await ended(id)).toMatchObject({ state: "SUCCEEDED", ingested: 600, duplicates: 0, failed: 0 });
    expect((await server.ask(CollectionDocument)).data.collection.texts).toBe(before + 600);
  });

  it.each([
    ["nothing", {}, "BAD_USER_INPUT"],
    ["an upload that is not there", { uploadId: "00".repeat(16) }, "UPLOAD_NOT_FOUND"],
    ["a request without a name", { requestId: "", texts: [{ text: "a" }] }, "BAD_USER_INPUT"],
    ["a request with control characters", { requestId: "a\nb", texts: [{ text: "a" }] }, "BAD_USER_INPUT"],
  ])("is not started for %s", async (_what, input, code) => {
    const { errors } = await server.ask(StartIngestionDocument, { input });
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  it.each([CancelIngestionDocument, ResumeIngestionDocument, RetryIngestionDocument])(
    "must exist to be steered",
    async (operation) => {
      const { errors } = await server.ask(operation as typeof CancelIngestionDocument, { id: "nothing" });
      expect(errors).toMatchObject([{ extensions: { code: "INGESTION_NOT_FOUND" } }]);
    },
  );
});

describe("progress", () => {
  const query = print(IngestionProgressDocument);
  type Progress = { data: { ingestionProgress: IngestionFieldsFragment } };
  const sockets = (origin?: string) =>
    createSocketClient({
      url: `${server.url.replace("http", "ws")}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols, origin === undefined ? {} : { origin });
        }
      },
      retryAttempts: 0,
    });
  const streams = () => createSseClient({ url: `${server.url}/graphql/stream`, retryAttempts: 0 });

  it.each([
    ["WebSockets", sockets],
    ["server-sent events", streams],
  ])("comes over %s, from the first state to the last", async (_name, open) => {
    const { id } = await start({ texts: texts(300, `watched over ${_name}`) });
    const client = open();
    const seen: IngestionFieldsFragment[] = [];
    for await (const result of client.iterate({ query, variables: { id } })) {
      seen.push((result as unknown as Progress).data.ingestionProgress);
    }
    await client.dispose();
    expect(seen.at(-1)).toMatchObject({ state: "SUCCEEDED", ingested: 300, pending: 0 });
    expect(seen.length).toBeGreaterThan(1);
    const done = seen.map(({ ingested }) => ingested);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it.each([
    ["WebSockets", sockets],
    ["server-sent events", streams],
  ])("of no ingestion is an error with its code over %s", async (_name, open) => {
    const client = open();
    const [result] = await firstOf(client.iterate({ query, variables: { id: "nothing" } }));
    await client.dispose();
    expect(result).toMatchObject({ errors: [{ extensions: { code: "INGESTION_NOT_FOUND", retryable: false } }] });
  });

  const deep = `{ ingestions { items { edges { node ${"{ outcome { ... on Ingested { document ".repeat(6)}{ __typename } ${"} } }".repeat(6)} } } } }`;
  const many = `{ ${Array.from({ length: 101 }, (_, i) => `a${i}: collection { name }`).join(" ")} }`;
  const long = `query { ${"collection { name } ".repeat(4_000)} }`;

  it.each([deep, many, "{ nothing }", "{", long].map((wrong) => [wrong.slice(0, 30), wrong]))(
    "is bounded like any request: %s…",
    async (_name, wrong) => {
      const client = sockets();
      const refused = await firstOf(client.iterate({ query: wrong })).catch((errors: unknown) => errors);
      await client.dispose();
      expect(JSON.stringify(refused)).toMatch(/GRAPHQL_(VALIDATION|PARSE)_FAILED/);

      const headers = { "content-type": "application/json", accept: "text/event-stream" };
      const body = JSON.stringify({ query: wrong });
      const response = await fetch(`${server.url}/graphql/stream`, { method: "POST", headers, body });
      expect(await response.text()).toMatch(/GRAPHQL_(VALIDATION|PARSE)_FAILED/);
    },
  );

  it("is not for pages of strangers: a browser would let them open a socket", async () => {
    const knock = (origin?: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(
          `${server.url.replace("http", "ws")}/graphql`,
          "graphql-transport-ws",
          origin === undefined ? {} : { origin },
        );
        socket.once("open", () => (socket.close(), resolve(101)));
        socket.once("unexpected-response", (_, response) => resolve(response.statusCode!));
        socket.once("error", reject);
      });
    expect(await knock()).toBe(101);
    expect(await knock(server.url)).toBe(101);
    expect(await knock("http://localhost:5173")).toBe(101);
    expect(await knock("https://evil.example")).toBe(403);
    expect(await knock("null")).toBe(403);
  });
});

async function firstOf(results: AsyncIterableIterator<unknown>): Promise<unknown[]> {
  const first = await results.next();
  await results.return?.();
  return first.done ? [] : [first.value];
}
