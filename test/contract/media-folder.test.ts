import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { openMediaStore } from "../../src/images/media/open-media-store";
import { bytes, HASH, mediaStoreContract, picture, piecesOf, upload } from "./media-store.suite";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-media-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const openFolder = (uri = root) =>
  openMediaStore({ uri, accessKeyId: null, secretAccessKey: null, sessionToken: null, timeoutMs: 5_000 });

const filesIn = async (folder = root): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((entry) =>
    entry.isFile() ? relative(folder, join(entry.parentPath, entry.name)) : [],
  );

describe("media in a folder", () => {
  mediaStoreContract(openFolder, filesIn);
});

it("clears away what a crash left unfinished, and only that", async () => {
  const store = await openFolder();
  await store.put(picture(), bytes("picture"));
  await writeFile(join(root, "default", "ab", ".tmp-0f8fad5b-d9cb-469f-a165-70867728950e"), "half a pic");
  await openFolder();

  expect(await filesIn()).toEqual([`default/ab/${HASH}.png`]);
});

it("reports a folder that cannot be written as STORE_UNAVAILABLE, without its path", async () => {
  const folder = join(root, "in-the-way");
  const store = await openFolder(folder);
  await mkdir(join(folder, "default"));
  await writeFile(join(folder, "default", "ab"), "a file in the way");
  await writeFile(join(folder, "default", "uploads"), "another");

  const writes = [() => store.put(picture(), bytes("x")), () => store.putStream(upload(), piecesOf("x"))];
  for (const write of writes) {
    const failure: Error = (await write().catch((error: Error) => error)) as Error;
    expect(failure).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(failure.message).not.toContain(folder);
  }
});

it("names the setting when the folder cannot be made", async () => {
  await writeFile(join(root, "file"), "");

  await expect(openFolder(join(root, "file", "media"))).rejects.toMatchObject({
    code: "INVALID_CONFIGURATION",
    message: expect.stringContaining("MEDIA_URI"),
  });
});
