import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, failed, succeeded } from "../../../src/errors";
import { openMediaFolder } from "../../../src/images/media/media-folder";
import { Ingester } from "../../../src/ingestion/ingester";
import type { SourceReader } from "../../../src/ingestion/sources/source-reader";
import type { DocumentStore } from "../../../src/ports/document-store";
import type { Encoder } from "../../../src/ports/encoder";
import type { ImageDecoder } from "../../../src/ports/image-decoder";
import type { MediaStore } from "../../../src/ports/media-store";
import type { Item } from "../../../src/documents/item";
import { DEFAULT_LIMITS } from "../../../src/documents/limits";
import { MemoryCollections } from "../../../src/stores/memory/memory-collections";
import { testFingerprint } from "../../support/documents";
import { silent } from "../../support/models";
import { coverShape } from "../../support/pictures";

const TENANT = "default";
const VECTOR = new Float32Array(8).fill(1 / Math.sqrt(8));
const hashOf = (content: string) => createHash("sha256").update(content).digest("hex");

const image = (content: string, key: string | null = null): Item => {
  const source = { kind: "base64", base64: content } as const;
  return { kind: "image", key, source, caption: null, metadata: {} };
};
const text = (content: string, key: string): Item => ({ kind: "text", key, text: content, metadata: {} });

let folder: string;
let media: MediaStore;
let store: DocumentStore;
let ingester: Ingester;
let failEncoding = false;
/** What encoding waits for. */
let encoding: () => Promise<void>;

/** "Pictures" are any bytes here: what counts is which files are kept when. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-left-"));
  media = await openMediaFolder(folder);
  store = await new MemoryCollections().open(testFingerprint("1"));
  const broken = new AppError("WORKER_UNAVAILABLE", "no encoder");
  encoding = async () => undefined;
  const encode = async (all: readonly unknown[]) => {
    await encoding();
    return all.map(() => (failEncoding ? failed(broken) : succeeded({ vector: VECTOR, truncated: false })));
  };
  const encoder = { picture: coverShape(1), encodeTexts: encode, encodeImages: encode } as unknown as Encoder;
  const pixels = { side: 1, rgb: new Uint8Array(3) };
  const decode: ImageDecoder["decode"] = async (files) =>
    files.map((cleaned) => succeeded({ pixels, width: 1, height: 1, cleaned, mediaType: "image/png" }));
  const decoder = { decode } as ImageDecoder;
  const read = async (_: string, source: { base64: string }) => new TextEncoder().encode(source.base64);
  const sources = { read } as unknown as SourceReader;
  const limits = DEFAULT_LIMITS;
  const parts = { store, encoder, decoder, sources, media, limits, passages: null };
  ingester = new Ingester({ ...parts, onChange: () => {}, log: silent });
  failEncoding = false;
});
afterEach(async () => {
  await ingester.close();
  await rm(folder, { recursive: true, force: true });
});

const ingest = async (...items: Item[]) =>
  (await ingester.ingest(TENANT, items)).map((one) => (one.ok ? one.value.kind : one.error.code));
const kept = async () =>
  (await readdir(folder, { recursive: true })).flatMap((name) => /([0-9a-f]{64})\.png$/.exec(name)?.[1] ?? []);
const pictureOf = (content: string) =>
  ({ kind: "picture", tenant: TENANT, contentHash: hashOf(content), mediaType: "image/png" }) as const;

it("deletes a picture that was replaced under its key, and one whose document became a text", async () => {
  await ingest(image("one", "a"), image("two", "b"));
  await media.put(
    { kind: "thumbnail", picture: pictureOf("one"), width: 64, mediaType: "image/webp" },
    new Uint8Array(1),
  );
  await ingest(image("three", "a"), text("a text", "b"));

  expect(await kept()).toEqual([hashOf("three")]);
  expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".webp"))).toEqual([]);
});

it("keeps a picture that another document shows, until that one goes too", async () => {
  await ingest(image("one", "a"), image("one", "b"));
  await ingest(image("two", "a"));
  expect((await kept()).toSorted()).toEqual([hashOf("one"), hashOf("two")].toSorted());
  await ingester.deleteDocuments(TENANT, { kind: "key", in: ["b"] });

  expect(await kept()).toEqual([hashOf("two")]);
});

it("keeps the picture of a key that is stored again as it is, or with other words", async () => {
  await ingest(image("one", "a"));
  await ingest(image("one", "a"), image("one", "a"));

  expect(await kept()).toEqual([hashOf("one")]);
});

it("leaves nothing of a picture that could not be encoded or written", async () => {
  failEncoding = true;
  expect(await ingest(image("one"))).toEqual(["WORKER_UNAVAILABLE"]);
  failEncoding = false;
  const { upsert } = store;
  store.upsert = () => Promise.reject(new AppError("STORE_FAILED", "refused"));
  await expect(ingest(image("two"))).rejects.toMatchObject({ code: "STORE_FAILED" });
  store.upsert = upsert;

  expect(await kept()).toEqual([]);
});

it("leaves nothing of pictures when the encoder is not there", async () => {
  encoding = () => Promise.reject(new AppError("WORKER_UNAVAILABLE", "no encoder"));
  await expect(ingest(image("one"), image("two"))).rejects.toMatchObject({ code: "WORKER_UNAVAILABLE" });

  expect(await kept()).toEqual([]);
});

it("keeps pictures while they are encoded", async () => {
  const { put } = media;
  const began = new Promise<void>((resolve) => {
    media.put = (...args) => (resolve(), put.apply(media, args));
  });
  encoding = () => began;

  expect(await ingest(image("one"))).toEqual(["ingested"]);
});

it("keeps the replaced picture when the new document could not be written", async () => {
  await ingest(image("one", "a"));
  store.upsert = () => Promise.reject(new AppError("STORE_FAILED", "refused"));
  await expect(ingest(image("two", "a"))).rejects.toMatchObject({ code: "STORE_FAILED" });

  expect(await kept()).toEqual([hashOf("one")]);
});

it("keeps a picture whose document may yet be written", async () => {
  const { upsert } = store;
  store.upsert = () => Promise.reject(new AppError("STORE_UNAVAILABLE", "no answer"));
  expect(await ingest(image("one"))).toEqual(["STORE_UNAVAILABLE"]);
  store.upsert = upsert;

  expect(await kept()).toEqual([hashOf("one")]);
});

it.each(["one", "other"])("stores and deletes documents of one content at once, in any order: %s", async (first) => {
  await ingest(image("one", "a"));
  for (let round = 0; round < 30; round++) {
    const steps = [
      () => ingest(image("one", "b")),
      () => ingester.deleteDocuments(TENANT, { kind: "key", in: ["a"] }),
      () => ingest(image("two", "a")),
      () => ingest(image("one", `c${round % 2}`)),
      () => ingest(text("words", `c${(round + 1) % 2}`)),
    ];
    await Promise.all((first === "one" ? steps : steps.toReversed()).map((step) => step()));
    await ingest(image("two", "b"));
    const documents = await store.page({ tenant: TENANT, filter: null, afterId: null, limit: 100 });
    const shown = documents.flatMap((one) => (one.modality === "image" ? [one.contentHash] : []));
    expect((await kept()).toSorted()).toEqual([...new Set(shown)].toSorted());
  }
});

it("brings back a picture that another server deleted while its document was being stored", async () => {
  await ingest(image("one", "a"));
  const { upsert } = store;
  store.upsert = async (documents) => {
    store.upsert = upsert;
    await media.delete([pictureOf("one")]);
    return upsert.call(store, documents);
  };
  expect(await ingest(image("one", "b"))).toEqual(["ingested"]);

  expect(await kept()).toEqual([hashOf("one")]);
});

it("brings back a picture that is gone when it is sent again, with a key or without", async () => {
  for (const key of [null, "a"]) {
    await ingest(image("one", key));
    await media.delete([pictureOf("one")]);
    await ingest(image("one", key));
    expect(await kept()).toEqual([hashOf("one")]);
  }
});
