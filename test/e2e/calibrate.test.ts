import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CollectionDocument } from "../generated/operations";
import { familyFolder } from "../support/models";
import { dataIn, runCli } from "../support/parallax-cli";
import { plainPng } from "../support/pictures";
import { startTestServer } from "../support/server";

jest.setTimeout(120_000);

const PICTURES = 80;

let root: string;
let env: Record<string, string>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-calibrate-"));
  env = dataIn(join(root, "data"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A folder of plain pictures with these names. */
async function folderOf(name: string, files: readonly string[]): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  for (const [i, file] of files.entries())
    await writeFile(join(folder, file), await plainPng([(i * 53) % 256, (i * 91) % 256, (i * 17) % 256], 32));
  return folder;
}

const numbers = Array.from({ length: PICTURES }, (_, i) => i);
/** Words that differ without numbers. */
const word = (i: number) => `thing ${"abcdefghij"[i % 10]}${"klmnopqrst"[Math.floor(i / 10)]}`;

async function calibration(model?: string) {
  const server = await startTestServer({ folder: join(root, "data"), ...(model ? { env: { MODEL: model } } : {}) });
  const { data } = await server.ask(CollectionDocument);
  await server.stop();
  return data.collection.calibration;
}

it("measures the model by a list of captioned pictures, which a server's scores rest on from then on, until --reset", async () => {
  const before = await calibration();
  expect(before).toMatchObject({ set: { name: "general", texts: 256, images: 256 }, shares: { texts: 0, images: 0 } });

  const folder = await folderOf(
    "holiday",
    numbers.map((i) => `${i}.png`),
  );
  await writeFile(join(folder, "80.png"), (await readFile(join(folder, "3.png"))).subarray(0, 60));
  const rows = [...numbers, 80, 81].map((i) => `${i}.png,${i === 5 ? "" : word(i === 6 ? 7 : i)}`);
  await writeFile(join(folder, "captions.csv"), ["image,caption", ...rows].join("\n"));
  const report = join(root, "report.ndjson");
  const done = await runCli(["calibrate", folder, "--name", "Our holiday", "--report", report], env);
  expect(done).toMatchObject({
    code: 2,
    out: expect.stringContaining('"Our holiday": 78 pictures with their captions'),
  });
  expect(done.out).toContain("Passed over: 1 without a caption, 1 with one that was there, 2 broken.");
  expect(done.out).toMatch(/line 82: .*\(INVALID_IMAGE\)/);
  expect(done.out).toMatch(/line 83: The file is not there/);
  const summary = JSON.parse((await readFile(report, "utf8")).trim().split("\n").at(-1)!);
  expect(summary).toEqual({ summary: { used: 78, withoutCaption: 1, repeated: 1, failed: 2 } });

  const after = await calibration();
  expect(after.set).toEqual({ name: "Our holiday", texts: 78, images: 78 });
  expect(after.version).not.toBe(before.version);

  expect(await runCli(["calibrate", "--reset"], env)).toMatchObject({ code: 0 });
  expect(await calibration()).toEqual(before);
});

it("measures a model of texts only by the captions", async () => {
  const model = familyFolder("text-mean");
  const list = join(root, "words.ndjson");
  await writeFile(list, numbers.map((i) => JSON.stringify({ text: word(i) })).join("\n"));
  const own = { ...env, MODEL: model, DATA_FOLDER: join(root, "texts"), MILVUS_URI: join(root, "texts", "milvus") };
  expect(await runCli(["calibrate", list], own)).toMatchObject({
    code: 0,
    out: expect.stringContaining(": 80 texts."),
  });
});

it("takes file names as captions, tells what is wrong with a source, and changes nothing then", async () => {
  const few = await folderOf("few", ["red cat.png", "blue dog.png", "IMG_1234.png", "red cat-2.png"]);
  const cameras = await folderOf("cameras", ["IMG_1.png", "DSC_2.jpg"]);
  const empty = await folderOf("empty", []);
  const twoLists = await folderOf("two", []);
  for (const list of ["a.csv", "b.ndjson"]) await writeFile(join(twoLists, list), "");
  const wrong: [string[], RegExp][] = [
    [
      [few],
      /At least 64 pictures with different captions are needed.* Of 4 there are 2; 1 have no caption, 1 one that/,
    ],
    [[cameras], /None of 2 has a caption\. Name the files by what they show/],
    [[empty], /There are no pictures/],
    [[twoLists], /2 lists, a\.csv and b\.ndjson: name the one to take/],
    [[join(root, "nowhere")], /There is no .*nowhere/],
    [[join(few, "red cat.png")], /neither a folder of pictures nor a list/],
    [[], /Either SOURCE is named, or --reset alone/],
    [[few, "--reset"], /Either SOURCE is named, or --reset alone/],
  ];
  for (const [args, message] of wrong)
    expect(await runCli(["calibrate", ...args], env)).toMatchObject({ code: 1, err: expect.stringMatching(message) });
  expect((await calibration()).set.name).toBe("general");
});
