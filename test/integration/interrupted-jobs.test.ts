import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AppError, succeeded } from "../../src/errors";
import { openMediaFolder } from "../../src/images/media/media-folder";
import { Ingester } from "../../src/ingestion/ingester";
import { ByteBudget } from "../../src/ingestion/jobs/byte-budget";
import { JobRun } from "../../src/ingestion/jobs/job-run";
import { PdfIngester } from "../../src/ingestion/pdf/pdf-ingester";
import type { SourceReader } from "../../src/ingestion/sources/source-reader";
import { openLedger } from "../../src/ledger/open-ledger";
import { contentHash, documentId } from "../../src/documents/document";
import type { DocumentStore } from "../../src/ports/document-store";
import type { Encoder } from "../../src/ports/encoder";
import type { ImageDecoder } from "../../src/ports/image-decoder";
import type { MediaStore } from "../../src/ports/media-store";
import type { Item, JobItemInput, PdfItem } from "../../src/documents/item";
import type { PdfReader } from "../../src/ports/pdf-reader";
import type { ItemOutcome, Ledger } from "../../src/ports/ledger";
import { DEFAULT_LIMITS } from "../../src/documents/limits";
import { MemoryCollections } from "../../src/stores/memory/memory-collections";
import { testFingerprint } from "../support/documents";
import { silent } from "../support/models";
import { Life } from "../support/mortal";
import { coverShape } from "../support/pictures";

const TENANT = "default";
const VECTOR = new Float32Array(8).fill(1 / Math.sqrt(8));
const LEASE_MS = 60_000;

const text = (content: string, key: string | null = null): Item => ({ kind: "text", key, text: content, metadata: {} });
const image = (content: string): Item => {
  const source = { kind: "base64", base64: content } as const;
  return { kind: "image", key: null, source, caption: null, metadata: {} };
};
/** A "PDF" whose pages are parted by bars. */
const pdf = (pages: string, key: string | null): PdfItem => {
  const source = { kind: "base64", base64: pages } as const;
  return { kind: "pdf", key, source, pictures: true, metadata: {} };
};
const range = (length: number, make: (i: number) => Item) => Array.from({ length }, (_, i) => make(i));

let folder: string;
let ledger: Ledger;
let media: MediaStore;
let store: DocumentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-interrupted-"));
  ledger = await openLedger({ address: join(folder, "ledger.db"), token: null });
  media = await openMediaFolder(join(folder, "media"));
  store = await new MemoryCollections().open(testFingerprint("1"));
});
afterEach(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

/** "Pictures" are any bytes here, and every vector is the same: what counts is who created which document. */
function ingesterOf(life: Life, documents = store): Ingester {
  const encode = async (all: readonly unknown[]) => all.map(() => succeeded({ vector: VECTOR, truncated: false }));
  const pixels = { side: 1, rgb: new Uint8Array(3) };
  const decode: ImageDecoder["decode"] = async (files) =>
    files.map((cleaned) => succeeded({ pixels, width: 1, height: 1, cleaned, mediaType: "image/png" }));
  const read = async (_: string, source: { base64: string }) => new TextEncoder().encode(source.base64);
  return new Ingester({
    store: life.share(documents, { upsert: ["upserting", "upserted"] }),
    encoder: { picture: coverShape(1), encodeTexts: encode, encodeImages: encode } as unknown as Encoder,
    decoder: life.share({ decode } as ImageDecoder, { decode: ["", "decoded"] }),
    sources: { read } as unknown as SourceReader,
    media: life.share(media, { put: ["", "kept"] }),
    limits: DEFAULT_LIMITS,
    passages: null,
    onChange: () => {},
    log: silent,
  });
}

/** Pages and their pictures are what stands between two bars. */
function pdfIngesterOf(life: Life, ingester: Ingester): PdfIngester {
  const pagesOf = (file: Uint8Array) => new TextDecoder().decode(file).split("|");
  const reader: PdfReader = {
    read: async (file) => ({ title: null, pages: pagesOf(file) }),
    draw: async (file, first, last) =>
      pagesOf(file)
        .slice(first - 1, last)
        .map((page) => new TextEncoder().encode(`drawn ${page}`)),
    close: async () => undefined,
  };
  const read = async (_: string, source: { base64: string }) => new TextEncoder().encode(source.base64);
  return new PdfIngester({
    ingester,
    reader: life.share(reader, { read: ["", "read"], draw: ["", "drawn"] }),
    sources: { read } as unknown as SourceReader,
    store,
    encoder: { picture: coverShape(1) } as unknown as Encoder,
    limits: { ...DEFAULT_LIMITS, maxPdfPages: 50 },
  });
}

async function start(items: readonly JobItemInput[]): Promise<string> {
  const id = randomBytes(16).toString("hex");
  await ledger.jobs.create({ id, tenant: TENANT, requestId: null }, async function* () {
    yield items;
  });
  return id;
}

/** A process works on the job that is next until that is over or the process dies. `claimMs`: its lease. */
async function work(life = new Life(null), ingester = ingesterOf(life), claimMs = 1): Promise<void> {
  const owner = randomBytes(8).toString("hex");
  await pause(5);
  const job = (await ledger.queue.claim(owner, claimMs))!;
  const queue = life.share(ledger.queue, {
    take: ["", "taken"],
    intend: ["", "intended"],
    settle: ["settling", "settled"],
    release: ["releasing", "released"],
  });
  const pdfs = pdfIngesterOf(life, ingester);
  const parts = { queue, ingester, job, owner, leaseMs: LEASE_MS, log: silent };
  const run = new JobRun({
    ...parts,
    pdfs,
    maxImageBytes: 1_000,
    maxPdfBytes: 1_000,
    budget: new ByteBudget(1_000_000),
  });
  void life.died.then(() => run.drop());
  await run.run();
  await ingester.close();
}

const outcomesOf = async (jobId: string): Promise<(ItemOutcome | null)[]> => {
  const query = { states: null, codes: null, afterIndex: null, limit: 1_000 };
  return (await ledger.jobs.items(jobId, query)).map(({ outcome }) => outcome);
};
/** By whom each document was created: as many entries as items say so. */
const creations = async (...jobIds: string[]) =>
  (await Promise.all(jobIds.map(outcomesOf)))
    .flat()
    .flatMap((one) => (one?.state === "ingested" && one.created ? [one.documentId] : []));
const idOf = (content: string) => documentId(TENANT, "text", null, contentHash(content));
const storedIds = async () =>
  (await store.page({ tenant: TENANT, filter: null, afterId: null, limit: 1_000 })).map(({ id }) => id);

const POINTS = ["taken", "decoded", "kept", "intended", "upserting", "upserted", "settling", "settled"];
const EVERY_POINT = [
  ...POINTS.flatMap((point) => [1, 2, 3].map((count) => [point, count] as const)),
  ["releasing", 1] as const,
  ["released", 1] as const,
];

it.each(EVERY_POINT)("counts a job exactly whose server dies at %s, the %i. time", async (point, count) => {
  const items = [
    ...range(40, (i) => text(`text ${i}`)),
    ...range(6, (i) => image(`picture ${i}`)),
    ...range(40, (i) => text(`text ${i}`)),
    ...range(6, (i) => image(`picture ${i}`)),
    ...range(4, (i) => text(`keyed ${i}`, `key ${i % 2}`)),
  ];
  const id = await start(items);
  const life = new Life(point, count);
  await work(life);
  expect(life.isOver).toBe(true);
  // What takes hold at the very end leaves nothing to do.
  if ((await ledger.jobs.get(TENANT, id))!.finishedAt === null) await work();

  const job = (await ledger.jobs.get(TENANT, id))!;
  expect(job).toMatchObject({ state: "succeeded", counts: { ingested: 50, duplicate: 46, failed: 0, pending: 0 } });
  expect((await creations(id)).toSorted()).toEqual((await storedIds()).toSorted());
});

const PDF_POINTS = ["taken", "read", "drawn", "kept", "decoded", "intended", "upserting", "upserted", "settling"];

it.each(PDF_POINTS.flatMap((point) => [1, 2, 3].map((count) => [point, count] as const)))(
  "stores each page of a PDF once when its server dies at %s, the %i. time",
  async (point, count) => {
    const pages = (series: string) => Array.from({ length: 20 }, (_, i) => `${series} ${i}`).join("|");
    await start([pdf(`${pages("old")}|more|still more`, "keyed")]);
    await work();
    const id = await start([
      pdf(pages("new"), "keyed"),
      pdf(pages("other"), null),
      pdf(pages("other"), null),
      text("a"),
    ]);
    const life = new Life(point, count);
    await work(life);
    if ((await ledger.jobs.get(TENANT, id))!.finishedAt === null) await work();

    const outcomes = await outcomesOf(id);
    expect(outcomes.map((one) => one?.state).toSorted()).toEqual(["duplicate", "ingested", "ingested", "ingested"]);
    // Of an item that is there for the first time its first document, and the text.
    expect(await creations(id)).toHaveLength(2);
    const documents = await store.page({ tenant: TENANT, filter: null, afterId: null, limit: 1_000 });
    expect(documents).toHaveLength(2 * (20 + 20) + 1);
    const kept: string[] = [];
    for await (const file of media.pictureFiles(TENANT))
      if (file.mediaType === "application/pdf") kept.push(file.contentHash);
    expect(kept.toSorted()).toEqual([pages("new"), pages("other")].map(contentHash).toSorted());
  },
);

it("counts exactly when a server dies again and again", async () => {
  const id = await start([...range(70, (i) => text(`text ${i % 50}`)), ...range(10, (i) => text(`text ${i}`))]);
  for (const point of ["intended", "upserted", "upserting", "settling", "taken", "upserted"])
    await work(new Life(point));
  await work();
  expect((await ledger.jobs.get(TENANT, id))!.counts).toMatchObject({ ingested: 50, duplicate: 30 });
});

it("gives a document to one of two equal items when the later one was about to create it, but never did", async () => {
  const id = await start([text("same"), text("same")]);
  await ledger.queue.claim("dead", 1);
  await ledger.queue.take(id, "dead", 2);
  await ledger.queue.intend(id, "dead", [{ index: 1, documentId: idOf("same"), createdAt: new Date(1_000) }]);
  await work();
  expect(await outcomesOf(id)).toMatchObject([{ state: "ingested" }, { state: "duplicate" }]);
});

it.each(["intended", "upserted"])(
  "gives a document to one of two jobs, the first of which died at %s",
  async (point) => {
    const [first, second] = [await start([text("same"), text("a")]), await start([text("same"), text("b")])];
    await work(new Life(point));
    await ledger.queue.claim("other", LEASE_MS);
    await work();
    await ledger.queue.release(first, "other");
    await work();
    expect((await creations(first, second)).toSorted()).toEqual((await storedIds()).toSorted());
    expect((await outcomesOf(second))[0]!.state).toBe(point === "intended" ? "ingested" : "duplicate");
  },
);

it("gives a document to two jobs of one server once", async () => {
  const items = range(100, (i) => text(`text ${i}`));
  const [first, second] = [await start(items), await start(items.toReversed())];
  const ingester = ingesterOf(new Life(null));
  await Promise.all([0, 1].map(() => work(new Life(null), ingester, LEASE_MS)));
  expect((await creations(first, second)).toSorted()).toEqual((await storedIds()).toSorted());
});

it("gives a document to two servers once, though neither saw the other's", async () => {
  const both = barrier(2);
  const slow: DocumentStore = overridden(store, {
    get: async (...asked: Parameters<DocumentStore["get"]>) => {
      const found = await store.get(...asked);
      await both();
      return found;
    },
  });
  const [first, second] = [await start([text("same")]), await start([text("same")])];
  await Promise.all([0, 1].map(() => work(new Life(null), ingesterOf(new Life(null), slow), LEASE_MS)));
  expect(await creations(first, second)).toEqual(await storedIds());
  expect(
    (await Promise.all([first, second].map(outcomesOf)))
      .flat()
      .map((one) => one!.state)
      .toSorted(),
  ).toEqual(["duplicate", "ingested"]);
});

it("counts a document as a duplicate that a call stored while the job was interrupted", async () => {
  const id = await start([text("same")]);
  await work(new Life("intended"));
  const ingester = ingesterOf(new Life(null));
  expect(await ingester.ingest(TENANT, [text("same")])).toMatchObject([{ value: { kind: "ingested" } }]);
  await work(new Life(null), ingester);
  expect(await outcomesOf(id)).toMatchObject([{ state: "duplicate" }]);
});

it("counts exactly when the store says that it is away and writes all the same, late", async () => {
  const id = await start([text("same"), text("same"), text("other")]);
  let late: (() => Promise<void>) | null = null;
  const slow: DocumentStore = overridden(store, {
    upsert: async (documents: Parameters<DocumentStore["upsert"]>[0]) => {
      if (late !== null) return store.upsert(documents).then(late);
      late = () => store.upsert(documents);
      throw new AppError("STORE_UNAVAILABLE", "No answer.");
    },
  });
  await work(new Life(null), ingesterOf(new Life(null), slow));
  expect((await ledger.jobs.get(TENANT, id))!.counts).toMatchObject({ ingested: 2, duplicate: 1 });
  expect((await creations(id)).toSorted()).toEqual((await storedIds()).toSorted());
});

it("counts exactly when the store is away for a first try of both of two equal items", async () => {
  const id = await start(range(60, (i) => text(`text ${i % 30}`)));
  const tried = new Map<string, number>();
  const away: DocumentStore = overridden(store, {
    upsert: async (documents: Parameters<DocumentStore["upsert"]>[0]) => {
      const tries = documents.map(({ document }) => (tried.get(document.id) ?? 0) + 1);
      documents.forEach(({ document }, i) => tried.set(document.id, tries[i]!));
      if (tries.some((count) => count <= 2)) throw new AppError("STORE_UNAVAILABLE", "No answer.");
      await store.upsert(documents);
    },
  });
  await work(new Life(null), ingesterOf(new Life(null), away));
  expect((await ledger.jobs.get(TENANT, id))!.counts).toMatchObject({ ingested: 30, duplicate: 30 });
  expect((await creations(id)).toSorted()).toEqual((await storedIds()).toSorted());
}, 30_000);

it("counts exactly when the store refuses a batch that it has written", async () => {
  const id = await start(range(30, (i) => text(`text ${i % 20}`)));
  const strict: DocumentStore = overridden(store, {
    upsert: async (documents: Parameters<DocumentStore["upsert"]>[0]) => {
      await store.upsert(documents);
      if (documents.length > 1) throw new AppError("STORE_FAILED", "Too much at once.");
    },
  });
  await work(new Life(null), ingesterOf(new Life(null), strict));
  expect((await ledger.jobs.get(TENANT, id))!.counts).toMatchObject({ ingested: 20, duplicate: 10 });
});

function overridden<T extends object>(part: T, methods: Partial<T>): T {
  const get = (target: T, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name);
    return Reflect.get(methods, name) ?? (typeof value === "function" ? value.bind(target) : value);
  };
  return new Proxy(part, { get });
}

/** Resolves for the first `count` callers once all of them wait, and at once for later ones. */
function barrier(count: number): () => Promise<void> {
  let open!: () => void;
  const all = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    if (--count === 0) open();
    await all;
  };
}
