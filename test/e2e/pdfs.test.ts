import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { print } from "graphql";
import { createClient as createSseClient } from "graphql-sse";
import {
  CreateUploadDocument,
  IngestionDocument,
  IngestionProgressDocument,
  StartIngestionDocument,
  type IngestionFieldsFragment,
  type IngestionInput,
} from "../generated/operations";
import { dataIn, runCli } from "../support/parallax-cli";
import { makePdf } from "../support/pdfs";
import { startTestServer, type TestServer } from "../support/server";
import { startUnrulyHost, type UnrulyHost } from "../support/unruly-host";

const FINAL = ["SUCCEEDED", "COMPLETED_WITH_FAILURES", "CANCELLED"];
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

const handbook = makePdf({
  title: "Handbook",
  pages: ["A red cat sits on the roof.\nIt looks (down) at us.", "", "A blue car in the rain."],
});

let host: UnrulyHost;
let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-pdfs-"));
  host = await startUnrulyHost((request, response) => {
    if (request.url === "/page") return void response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    response.end(handbook);
  });
  server = await startTestServer({ env: { FETCH_ALLOWED_HOSTS: `127.0.0.1:${host.port}`, MAX_PDF_PAGES: "50" } });
});
afterAll(async () => {
  await server.remove();
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const OUTCOMES = `query ($id: ID!) { ingestion(id: $id) { state items { nodes { key line outcome {
  ... on Ingested { created documentId pdf { pages withoutText } }
  ... on Duplicate { documentId pdf { pages } }
  ... on IngestFailure { code message retryable }
} } } } }`;

interface Outcome {
  readonly created?: boolean;
  readonly documentId?: string;
  readonly pdf?: { readonly pages: number; readonly withoutText?: readonly number[] } | null;
  readonly code?: string;
  readonly message?: string;
  readonly retryable?: boolean;
}

/** What becomes of each item. */
async function ingest(input: IngestionInput): Promise<Outcome[]> {
  const { data, errors } = await server.ask(StartIngestionDocument, { input });
  expect(errors).toBeUndefined();
  const { id } = data.startIngestion;
  type Answer = { ingestion: { state: string; items: { nodes: { outcome: Outcome }[] } } };
  for (;;) {
    const { data: now } = await server.ask<Answer, { id: string }>(OUTCOMES, { id });
    if (FINAL.includes(now.ingestion.state)) return now.ingestion.items.nodes.map(({ outcome }) => outcome);
    await pause(50);
  }
}

interface Found {
  readonly __typename: string;
  readonly key: string;
  readonly text?: string;
  readonly metadata: Record<string, unknown>;
  readonly pdfPage: { title: string | null; page: number; pages: number; url: string } | null;
}
async function stored(prefix: string): Promise<Found[]> {
  const query = `query ($prefix: String!) { documents(where: { key: { startsWith: $prefix } }, first: 1000) { nodes {
    __typename ... on StoredDocument { key metadata pdfPage { title page pages url } } ... on TextDocument { text }
  } } }`;
  const { data, errors } = await server.ask<{ documents: { nodes: Found[] } }, { prefix: string }>(query, { prefix });
  expect(errors).toBeUndefined();
  return data.documents.nodes.toSorted((a, b) => a.key.localeCompare(b.key, "en", { numeric: true }));
}
const keysOf = async (prefix: string) => (await stored(prefix)).map(({ key }) => key);
const remove = (where: object) =>
  server.ask(`mutation ($input: DeleteDocumentsInput!) { deleteDocuments(input: $input) { deleted } }`, {
    input: { where },
  });
const keptPdfs = async () =>
  (await readdir(join(server.folder, "media"), { recursive: true })).filter((name) => name.endsWith(".pdf"));

describe("a PDF", () => {
  let outcomes: Outcome[];
  beforeAll(async () => {
    const pdf = { base64: base64(handbook) };
    outcomes = await ingest({ pdfs: [{ key: "handbook.pdf", pdf, metadata: { department: "pets" } }] });
  });

  it("is stored page by page, and tells which pages have no text", async () => {
    expect(outcomes).toMatchObject([{ created: true, pdf: { pages: 3, withoutText: [2] } }]);
    const facts = {
      department: "pets",
      pdf: expect.stringMatching(/^[0-9a-f]{64}$/),
      pdfTitle: "Handbook",
      pdfPages: 3,
    };
    expect(await stored("handbook.pdf")).toMatchObject([
      {
        key: "handbook.pdf#page=1",
        text: "A red cat sits on the roof.\nIt looks (down) at us.",
        metadata: { ...facts, pdfPage: 1 },
        pdfPage: { title: "Handbook", page: 1, pages: 3 },
      },
      { key: "handbook.pdf#page=3", text: "A blue car in the rain.", metadata: { ...facts, pdfPage: 3 } },
    ]);
  });

  it("is found, and its hit opens the page", async () => {
    const query = `{ search(input: { parts: [{ content: { text: "A blue car in the rain." } }] }) { nodes {
      ... on RankedHit { document { key pdfPage { page url } } }
    } } }`;
    type Answer = { search: { nodes: { document: { key: string; pdfPage: { page: number; url: string } } }[] } };
    const { data } = await server.ask<Answer, undefined>(query);
    const { key, pdfPage } = data.search.nodes[0]!.document;
    expect([key, pdfPage.page]).toEqual(["handbook.pdf#page=3", 3]);
    expect(pdfPage.url).toMatch(/\/media\/default\/[0-9a-f]{64}\.pdf#page=3$/);
    const opened = await fetch(pdfPage.url);
    expect(Object.fromEntries(opened.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": expect.stringMatching(/^inline; filename="[0-9a-f]{64}\.pdf"$/),
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cross-origin-resource-policy": "cross-origin",
    });
    expect(new Uint8Array(await opened.arrayBuffer())).toEqual(handbook);
    expect((await fetch(pdfPage.url.replace(".pdf#page=3", ".pdf/64.webp"))).status).toBe(404);
  });

  it("can be filtered by page and grouped by file", async () => {
    const query = `query ($where: DocumentFilter) { documents(where: $where) { nodes { ... on StoredDocument { key } } } }`;
    const where = { metadata: { key: "pdfPage", is: { equals: 3 } } };
    const { data } = await server.ask<{ documents: { nodes: object[] } }, object>(query, { where });
    expect(data.documents.nodes).toEqual([{ key: "handbook.pdf#page=3" }]);
  });

  it("leaves no page of the one that it replaces", async () => {
    const pdf = { base64: base64(makePdf({ pages: ["One", "Two", "Three", "Four"] })) };
    await ingest({ pdfs: [{ key: "changing", pdf, pictures: true }] });
    expect(await keysOf("changing")).toHaveLength(8);
    const before = await keptPdfs();
    const shorter = { base64: base64(makePdf({ pages: ["One", "Zwei"] })) };
    expect(await ingest({ pdfs: [{ key: "changing", pdf: shorter }] })).toMatchObject([{ created: false }]);
    expect(await keysOf("changing")).toEqual(["changing#page=1", "changing#page=2"]);
    const after = await keptPdfs();
    expect([after.length, before.length]).toEqual([2, 2]);
    expect(after).not.toEqual(before);
  });

  it("goes from the media store with its last page", async () => {
    const pdf = { base64: base64(makePdf({ pages: ["Leaf one", "Leaf two"] })) };
    const before = (await keptPdfs()).length;
    await ingest({ pdfs: [{ key: "leaves", pdf }] });
    await remove({ key: { equals: "leaves#page=1" } });
    expect(await keptPdfs()).toHaveLength(before + 1);
    await remove({ key: { startsWith: "leaves" } });
    expect(await keptPdfs()).toHaveLength(before);
  });

  it("without a key is known by its content", async () => {
    const pdf = { base64: base64(makePdf({ pages: ["Without a key", "Without a key"] })) };
    expect(await ingest({ pdfs: [{ pdf }, { pdf }] })).toMatchObject([{ created: true }, { pdf: { pages: 2 } }]);
    const [again] = await ingest({ pdfs: [{ pdf }] });
    expect(again).not.toHaveProperty("created");
    expect(await stored(again!.documentId!)).toEqual([]);
    const metadata = (await stored("")).filter(({ text }) => text === "Without a key").map((one) => one.metadata);
    expect(metadata.map(({ pdfPage }) => pdfPage)).toEqual([1, 2]);
  });
});

describe("pages as pictures", () => {
  it("are stored beside their texts, and make a scan findable", async () => {
    const pdf = { base64: base64(makePdf({ pages: ["", "Words"] })) };
    expect(await ingest({ pdfs: [{ key: "scan", pdf, pictures: true }] })).toMatchObject([
      { pdf: { pages: 2, withoutText: [1] } },
    ]);
    const found = await stored("scan");
    expect(found.map(({ __typename, key }) => [__typename, key])).toEqual([
      ["ImageDocument", "scan#page=1&picture"],
      ["TextDocument", "scan#page=2"],
      ["ImageDocument", "scan#page=2&picture"],
    ]);
    expect(found[0]!.pdfPage).toMatchObject({ page: 1, pages: 2 });
  });
});

describe("a PDF of many pages", () => {
  const PAGES = 40;
  const pdf = makePdf({ title: "A long paper", pages: Array.from({ length: PAGES }, (_, i) => `Page ${i + 1}`) });
  const POLL_MS = 250;

  it("tells how far it is while it is stored, a few times a second at most, to who watches and to who asks", async () => {
    const input = { pdfs: [{ key: "paper", pdf: { base64: base64(pdf) }, pictures: true }] };
    const { data } = await server.ask(StartIngestionDocument, { input });
    const { id } = data.startIngestion;
    const startedMs = performance.now();
    const watched: IngestionFieldsFragment[] = [];
    const asked: IngestionFieldsFragment[] = [];
    const client = createSseClient({ url: `${server.url}/graphql/stream`, retryAttempts: 0 });
    for await (const result of client.iterate({ query: print(IngestionProgressDocument), variables: { id } })) {
      watched.push(
        (result as unknown as { data: { ingestionProgress: IngestionFieldsFragment } }).data.ingestionProgress,
      );
      asked.push((await server.ask(IngestionDocument, { id })).data.ingestion!);
    }
    client.dispose();
    for (const seen of [watched, asked]) {
      const steps = seen.flatMap(({ pdfsInWork }) => pdfsInWork);
      const done = steps.map(({ pagesDone }) => pagesDone);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect(done.some((pagesDone) => pagesDone > 0 && pagesDone < PAGES)).toBe(true);
      const facts = { index: 0, key: "paper", title: "A long paper", pages: PAGES };
      expect(steps).toMatchObject(steps.map(() => facts));
    }
    expect(watched.at(-1)).toMatchObject({ state: "SUCCEEDED", ingested: 1, pdfsInWork: [] });
    // The first and the last come when they are there.
    expect(watched.length).toBeLessThanOrEqual(2 + (performance.now() - startedMs) / POLL_MS);
  });
});

describe("where PDFs come from", () => {
  it("is a URL, an upload or a list", async () => {
    const { data } = await server.ask(CreateUploadDocument, {
      input: { mediaType: "application/pdf", bytes: handbook.byteLength },
    });
    const headers = { "content-type": "application/pdf" };
    const put = await fetch(data.createUpload.url, { method: "PUT", headers, body: handbook });
    expect(put.status).toBeLessThan(300);
    const lines = [
      { pdf: `${host.url}/handbook`, key: "listed" },
      { pdf: { uploadId: data.createUpload.id }, key: "listed-upload", metadata: { a: 1 } },
      { pdf: { url: "x" }, image: "y" },
      { pdf: `${host.url}/handbook`, pictures: "yes" },
    ];
    const list = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const created = await server.ask(CreateUploadDocument, {
      input: { mediaType: "application/x-ndjson", bytes: list.byteLength },
    });
    const { id, url } = created.data.createUpload;
    await fetch(url, { method: "PUT", headers: { "content-type": "application/x-ndjson" }, body: list });
    const outcomes = await ingest({ pdfs: [{ key: "fetched", pdf: { url: `${host.url}/handbook` } }], uploadId: id });
    expect(outcomes).toMatchObject([
      { created: true },
      { created: true },
      { created: true },
      { code: "INVALID_ITEM", message: expect.stringContaining("exactly one of text, image and pdf") },
      { code: "INVALID_ITEM", message: expect.stringContaining("neither true nor false") },
    ]);
    expect(await keysOf("listed-upload")).toEqual(["listed-upload#page=1", "listed-upload#page=3"]);
  });
});

describe("what is wrong with a PDF", () => {
  it("is told, and holds no other item back", async () => {
    const of = (bytes: Uint8Array, rest = {}) => ({ pdf: { base64: base64(bytes) }, ...rest });
    const outcomes = await ingest({
      texts: [
        { text: "A neighbour" },
        { text: "A forged page", metadata: { pdf: "a".repeat(64), pdfPage: 1, pdfPages: 1 } },
      ],
      pdfs: [
        of(handbook.subarray(0, handbook.length - 200)),
        of(new TextEncoder().encode("<html><body>no</body></html>")),
        of(makePdf({ pages: ["", ""] })),
        of(makePdf({ pages: Array<string>(51).fill("x") })),
        of(handbook, { metadata: { pdfPage: 7 } }),
        of(makePdf({ pages: ["fine", Array(1_000).fill("words ".repeat(12)).join("\n")], leading: 0.5 }), {
          key: "long",
        }),
        { pdf: { url: `${host.url}/page` } },
        { pdf: { base64: "%%%" } },
        of(handbook, { key: "last" }),
      ],
    });
    expect(outcomes.map(({ code }) => code)).toEqual([
      undefined,
      "INVALID_METADATA",
      "INVALID_PDF",
      "UNSUPPORTED_MEDIA_TYPE",
      "INVALID_PDF",
      "TOO_LARGE",
      "INVALID_METADATA",
      "TOO_LARGE",
      "FETCH_FAILED",
      "INVALID_PDF",
      undefined,
    ]);
    const messages = outcomes.map(({ message }) => message);
    expect(messages[2]).toMatch(/cut off.*Send the whole file/);
    expect(messages[4]).toMatch(/None of the 2 pages has text.*`pictures`/);
    expect(messages[5]).toMatch(/51 pages; at most 50.*MAX_PDF_PAGES/);
    expect(messages[6]).toMatch(/`pdfPage`/);
    expect(messages[7]).toMatch(/^Page 2: The text has/);
    expect(messages[8]).toMatch(/a web page, not to a PDF/);
    expect(await keysOf("long")).toEqual([]);
  });
});

describe("the import of files", () => {
  it("takes PDFs of a folder and alone, by their first bytes", async () => {
    const source = join(folder, "papers");
    const env = { ...dataIn(join(folder, "cli")), PORT: "1" };
    await rm(source, { recursive: true, force: true });
    const { mkdir } = await import("node:fs/promises");
    await mkdir(source);
    await writeFile(join(source, "handbook"), handbook);
    await writeFile(join(source, "broken.pdf"), "no PDF");
    await writeFile(join(source, "notes.txt"), "notes");
    const args = ["--server", server.url, "--no-progress"];
    const whole = await runCli(["import", source, "--key-prefix", "cli/", ...args], env);
    expect([whole.code, whole.out]).toEqual([2, expect.stringContaining("1 are stored")]);
    expect(whole.out).toContain("broken.pdf");
    expect(whole.out).toContain("handbook: no text on page 2.");
    expect(whole.out).toContain("--page-pictures");
    expect(await keysOf("cli/")).toEqual(["cli/handbook#page=1", "cli/handbook#page=3"]);
    const one = await runCli(
      ["import", join(source, "handbook"), "--key-prefix", "one/", "--page-pictures", ...args],
      env,
    );
    expect([one.code, one.out]).toEqual([0, expect.stringContaining("1 are stored")]);
    expect(await keysOf("one/")).toHaveLength(5);
    expect(one.out).not.toContain("no text");
    await writeFile(join(folder, "list.csv"), "key,pdf,year:number\ncsv,papers/handbook,2026\n");
    const list = await runCli(["import", join(folder, "list.csv"), ...args], env);
    expect([list.code, list.err]).toEqual([0, expect.any(String)]);
    expect((await stored("csv"))[0]!.metadata).toMatchObject({ year: 2026, pdfPage: 1 });
  });

  it("brings a PDF through an export, and the audit finds it whole", async () => {
    const [from, to, copy] = ["from", "to", "copy"].map((name) => join(folder, name));
    await writeFile(join(folder, "handbook.pdf"), handbook);
    const options = ["--no-progress"];
    const runs = [
      await runCli(["import", join(folder, "handbook.pdf"), "--page-pictures", ...options], dataIn(from!)),
      await runCli(["export", copy!, ...options], dataIn(from!)),
      await runCli(["import", copy!, ...options], dataIn(to!)),
      await runCli(["audit"], dataIn(to!)),
    ];
    expect(runs.map(({ code, err }) => [code, code === 0 ? "" : err])).toEqual(runs.map(() => [0, ""]));
    const kept = await readdir(join(to!, "media"), { recursive: true });
    expect(kept.filter((name) => name.endsWith(".pdf"))).toHaveLength(1);
    await rm(join(to!, "media"), { recursive: true });
    const after = await runCli(["audit"], dataIn(to!));
    // Two texts and three pictures of pages.
    expect([after.code, after.out]).toEqual([2, expect.stringMatching(/\b5\b/)]);
  }, 180_000);
});
