import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMediaFolder } from "../../../src/images/media/media-folder";
import { picturesOf } from "../../../src/ingestion/pictures/pictures-of";
import type { MediaStore } from "../../../src/ports/media-store";
import { MemoryStore } from "../../../src/stores/memory/memory-store";
import { exportDocuments, type Exported, type ExportOptions } from "../../../src/transfer/export-documents";
import { exportStateOf, readManifest } from "../../../src/transfer/manifest";
import { restoreDocuments, type RefusedRow } from "../../../src/transfer/restore-documents";
import { imageDocument, randomNumbers, randomVector, testFingerprint, textDocument } from "../../support/documents";

const TENANT = "default";
const random = randomNumbers(1);
const vector = () => randomVector(random);
const texts = Array.from({ length: 1_200 }, (_, i) => textDocument(`text ${i}`, { key: `k${i}`, vector: vector() }));
const pictures = ["a", "b", "lost"].map((name) => imageDocument(name, { key: name, vector: vector() }));
const [, , lost] = pictures.map(({ document }) => document);

let root: string;
let media: MediaStore;
let store: MemoryStore;
let options: ExportOptions;

const at = (name: string) => join(root, name);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-transfer-"));
  media = await openMediaFolder(at("media"));
  store = new MemoryStore("from", testFingerprint("1"));
  await store.upsert([...texts, ...pictures]);
  for (const key of picturesOf(pictures.slice(0, 2).map(({ document }) => document)))
    await media.put(key, Buffer.from(key.contentHash));
  const { signal } = new AbortController();
  const what = { tenant: TENANT, folder: at("export"), format: "ndjson", withPictures: true } as const;
  options = { store, media, ...what, signal, onProgress: () => {} };
});
afterEach(() => rm(root, { recursive: true, force: true }));

// As Parquet: test/e2e/cli-export.test.ts, since jest cannot load a package of ES modules alone.
describe("an export", () => {
  it("is told page by page, with the pictures that are not there", async () => {
    const told: number[] = [];
    const onProgress = ({ documents }: Exported) => void told.push(documents);
    const exported = await exportDocuments({ ...options, onProgress });
    expect(exported).toEqual({ documents: 1_203, pictures: 2, missing: [lost!.contentHash] });
    expect(told).toEqual([1_000, 1_203]);
  });

  it("comes back as it was, but for documents whose picture is nowhere, which are told with their line", async () => {
    await exportDocuments(options);
    const [to, toMedia] = [new MemoryStore("to", testFingerprint("1")), await openMediaFolder(at("media-2"))];
    const refused: RefusedRow[] = [];
    const restored = await restoreDocuments({
      ...options,
      store: to,
      onProgress: () => {},
      media: toMedia,
      manifest: await readManifest(at("export")),
      onRefused: (row) => void refused.push(row),
    });
    expect(restored).toEqual({ stored: 1_202, refused: 1, pictures: 2 });
    expect(refused).toEqual([
      { line: expect.any(Number), key: "lost", error: expect.objectContaining({ code: "INVALID_ITEM" }) },
    ]);
    const ids = [...texts, ...pictures].map(({ document }) => document.id);
    const wanted = await store.get(TENANT, ids);
    expect(await to.get(TENANT, ids)).toEqual(wanted.map((one) => (one?.document.id === lost!.id ? null : one)));
  });
});

it("leaves passages behind and says which texts need them again", async () => {
  const passages = [0, 5].map((start) => ({ start, end: start + 9, vector: vector() }));
  const long = { ...textDocument("a text in passages", { key: "long", vector: passages[0]!.vector }), passages };
  await store.upsert([long]);
  await exportDocuments({ ...options, folder: at("with-long") });
  const to = new MemoryStore("to", testFingerprint("1"));
  const manifest = await readManifest(at("with-long"));
  await restoreDocuments({
    ...options,
    folder: at("with-long"),
    store: to,
    manifest,
    onProgress: () => {},
    onRefused: () => {},
  });
  expect(await to.page({ tenant: TENANT, filter: { kind: "truncated" }, afterId: null, limit: 5 })).toEqual([
    { ...long.document, truncated: true },
  ]);
});

it("leaves an unfinished export where it is stopped, and begins it anew", async () => {
  const stopping = new AbortController();
  const onProgress = () => stopping.abort(new Error("enough"));
  const stopped = exportDocuments({ ...options, signal: stopping.signal, onProgress });
  await expect(stopped).rejects.toThrow("enough");
  expect(await exportStateOf(at("export"))).toBe("unfinished");
  await exportDocuments(options);
  expect(await exportStateOf(at("export"))).toBe("finished");
});

it("writes over no export that is finished", async () => {
  await exportDocuments(options);
  await expect(exportDocuments(options)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
});
