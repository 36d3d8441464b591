import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isOwnerAlive, noteOwner } from "../../../../src/stores/milvus/lite-owner";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-owner-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (text: string) => writeFile(join(folder, "owner.pid"), text);

it("is nobody where nothing is written down, and another process for as long as it is there", async () => {
  expect(await isOwnerAlive(folder)).toBe(false);
  await write(String(process.ppid));
  expect(await isOwnerAlive(folder)).toBe(true);
});

it("is written down as this process, whose number says nothing of the one before", async () => {
  await noteOwner(folder);
  expect(await readFile(join(folder, "owner.pid"), "utf8")).toBe(String(process.pid));
  expect(await isOwnerAlive(folder)).toBe(false);
});

it("is gone with its process", async () => {
  await write(String(spawnSync(process.execPath, ["-e", ""]).pid));
  expect(await isOwnerAlive(folder)).toBe(false);
});

it.each(["", "0", "-1", "1.5", "x", "99999999999999999999"])("is nobody where the file says %j", async (text) => {
  await write(text);
  expect(await isOwnerAlive(folder)).toBe(false);
});

it("is let go by where it cannot be written down", async () => {
  await expect(noteOwner(join(folder, "nowhere"))).resolves.toBeUndefined();
});
