import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderEntries } from "../../../../src/cli/import/folder-entries";
import type { Found } from "../../../../src/cli/import/entry";

const NOBODY = 65_534;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-folder-"));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Who is root reads everything. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid!(NOBODY);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}

it("tells a folder and a file that may not be read, and goes on", async () => {
  await mkdir(join(folder, "locked"));
  for (const name of ["a.png", "locked/b.png", "notes", "z.png"])
    await writeFile(join(folder, name), Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  for (const name of ["locked", "notes"]) await chmod(join(folder, name), 0o000);
  const found: Found[] = [];
  await asNobody(async () => {
    for await (const one of folderEntries(folder, { keyPrefix: "", metadata: {}, pagePictures: false }))
      found.push(one);
  });
  expect(found).toMatchObject([
    { kind: "entry", origin: { file: "a.png" } },
    { kind: "failure", origin: { file: "locked" }, message: expect.stringContaining("may not be read by you") },
    { kind: "failure", origin: { file: "notes" }, message: expect.stringContaining("may not be read by you") },
    { kind: "entry", origin: { file: "z.png" } },
  ]);
});
