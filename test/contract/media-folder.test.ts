import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMediaFolder } from "../../src/images/media-folder";
import type { MediaKey, MediaStore } from "../../src/search/images";

const HASH = "ab".repeat(32);
const key = (given: Partial<MediaKey> = {}): MediaKey => ({
  tenant: "default",
  contentHash: HASH,
  mediaType: "image/png",
  ...given,
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let root: string;
let store: MediaStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-media-"));
  store = await openMediaFolder(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const filesIn = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true })).flatMap((entry) =>
    entry.isFile() ? entry.name : [],
  );

it("gives back what was put, also after it was opened again", async () => {
  await store.put(key(), bytes("picture"));
  await store.close();

  const again = await openMediaFolder(root);
  expect(Buffer.from((await again.get(key()))!).toString()).toBe("picture");
  expect(await filesIn()).toEqual([`${HASH}.png`]);
});

it("lays files out by tenant and first digits", async () => {
  await store.put(key({ tenant: "shop_1" }), bytes("picture"));

  expect(await readdir(join(root, "shop_1", "ab"))).toEqual([`${HASH}.png`]);
});

it("has nothing for keys that differ in tenant, hash or media type", async () => {
  await store.put(key(), bytes("picture"));

  for (const other of [{ tenant: "b" }, { contentHash: "cd".repeat(32) }, { mediaType: "image/jpeg" }]) {
    expect(await store.get(key(other))).toBeNull();
  }
});

it("leaves a stored picture as it is when it is put again", async () => {
  await store.put(key(), bytes("first"));
  await store.put(key(), bytes("second"));

  expect(Buffer.from((await store.get(key()))!).toString()).toBe("first");
});

it("takes the same picture from many callers at once", async () => {
  await Promise.all(Array.from({ length: 20 }, () => store.put(key(), bytes("picture"))));

  expect(await filesIn()).toEqual([`${HASH}.png`]);
});

it("deletes what is there and minds nothing that is not", async () => {
  await store.put(key(), bytes("picture"));
  await store.delete([key(), key({ tenant: "nobody" })]);

  expect(await store.get(key())).toBeNull();
});

it.each([
  ["a tenant that climbs", { tenant: "../../etc" }],
  ["a tenant with a dot", { tenant: "." }],
  ["an empty tenant", { tenant: "" }],
  ["a long tenant", { tenant: "a".repeat(65) }],
  ["a hash that is none", { contentHash: "../passwd" }],
  ["a hash in capitals", { contentHash: "AB".repeat(32) }],
  ["a hash with a line feed", { contentHash: `${HASH}\n` }],
  ["a media type that is not kept", { mediaType: "image/svg+xml" }],
  ["a media type that is an object's own word", { mediaType: "constructor" }],
])("makes no path of %s", async (_what, part) => {
  const fault = { code: "INTERNAL_SERVER_ERROR" };
  await expect(store.put(key(part), bytes("x"))).rejects.toMatchObject(fault);
  await expect(store.get(key(part))).rejects.toMatchObject(fault);
  await expect(store.delete([key(part)])).rejects.toMatchObject(fault);
  expect(await readdir(root)).toEqual([]);
});

it("clears away what a crash left unfinished, and only that", async () => {
  await store.put(key(), bytes("picture"));
  await writeFile(join(root, "default", "ab", ".tmp-0f8fad5b-d9cb-469f-a165-70867728950e"), "half a pic");
  await openMediaFolder(root);

  expect(await filesIn()).toEqual([`${HASH}.png`]);
});

it("reports a folder that cannot be written as STORE_UNAVAILABLE, without its path", async () => {
  await mkdir(join(root, "default"));
  await writeFile(join(root, "default", "ab"), "a file in the way");

  const failure: Error = (await store.put(key(), bytes("picture")).catch((error: Error) => error)) as Error;
  expect(failure).toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(failure.message).not.toContain(root);
});
