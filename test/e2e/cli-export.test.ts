import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataIn, runCli } from "../support/parallax-cli";
import { plainPng } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

jest.setTimeout(180_000);

const PICTURES = 6;
const TEXTS = 40;

let root: string;
let server: TestServer;
let answers: unknown;

const at = (name: string) => join(root, name);

/** What a seeker finds, also by the calibration of the collection. */
async function searchAnswers({ ask }: TestServer): Promise<unknown> {
  const query = `{
    byText: searchByText(input: { text: "text 7" }, first: 20) { ...Hits }
    byPicture: searchByText(input: { text: "a picture", modalities: [IMAGE] }, first: 20) { ...Hits }
    documents(first: 100) { nodes { ...Fields } }
  }
  fragment Hits on SearchConnection { nodes { ... on RankedHit { rank score cosine } ... on TextHit { document { ...Fields } } ... on ImageHit { document { ...Fields } } } }
  fragment Fields on StoredDocument { __typename id key metadata createdAt ... on TextDocument { text truncated } ... on ImageDocument { caption width height mediaType sourceUrl } }`;
  const { data, errors } = await ask<object, object>(query);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Cosines are told by the store in 32 bits, and their last digits depend on what is told along with them. */
const toTheLastDigits = (expected: unknown): unknown =>
  JSON.parse(JSON.stringify(expected), (_, value: unknown) =>
    typeof value === "number" ? expect.closeTo(value, 5) : value,
  );

async function pictureBytes({ ask }: TestServer): Promise<string[]> {
  const query = "{ documents(where: { modality: IMAGE }, first: 100) { nodes { ... on ImageDocument { url } } } }";
  const { data } = await ask<{ documents: { nodes: { url: string }[] } }, object>(query);
  return Promise.all(
    data.documents.nodes.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer()).toString("base64")),
  );
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-export-"));
  await mkdir(at("pictures"));
  for (let i = 0; i < PICTURES; i++)
    await writeFile(at(`pictures/${i}.png`), await plainPng([i * 40, 250 - i * 40, 90], 48));
  const texts = Array.from({ length: TEXTS }, (_, i) =>
    JSON.stringify({
      text: `text ${i} 🐈 "quoted"`,
      metadata: { n: i, none: null, list: [1, "a"] },
      ...(i % 2 ? { key: `k/${i}` } : {}),
    }),
  );
  await writeFile(at("texts.ndjson"), texts.join("\n"));
  server = await startTestServer({ folder: at("data") });
  for (const source of ["pictures", "texts.ndjson"]) {
    const { code, err } = await runCli(["import", at(source), "--server", server.url], {});
    if (code !== 0) throw new Error(err);
  }
  // So that its calibration is drawn from all of it.
  server = await server.restart();
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

it("says what to do while a server has the Milvus Lite", async () => {
  const { code, err } = await runCli(["export", at("locked")], dataIn(at("data")));
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/A running Parallax has the Milvus Lite .* open.* Stop that server/),
  ]);
  await expect(readdir(at("locked"))).rejects.toThrow("ENOENT");
  answers = { found: await searchAnswers(server), pictures: await pictureBytes(server) };
  await server.stop();
});

describe.each(["ndjson", "parquet"])("an export as %s", (format) => {
  const name = (what: string) => at(`${what}-${format}`);

  it("brings all to another store as it was: ids, times, vectors, pictures, and what is found", async () => {
    expect(await runCli(["export", name("export"), "--format", format], dataIn(at("data")))).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${PICTURES + TEXTS} documents and ${PICTURES} pictures`),
    });
    const other = dataIn(name("data"));
    // A second time changes nothing.
    for (let i = 0; i < 2; i++) {
      expect(await runCli(["import", name("export")], other)).toMatchObject({
        code: 0,
        out: expect.stringContaining("46 are stored, 0 are not"),
      });
    }
    expect((await runCli(["export", name("copy"), "--format", format], other)).code).toBe(0);
    const files = (await readdir(name("export"), { recursive: true })).filter(
      (file) => /\./.test(file) && file !== "export.json",
    );
    expect(files).toHaveLength(PICTURES + 1);
    for (const file of files) {
      const [one, two] = await Promise.all(
        [name("export"), name("copy")].map((folder) => readFile(join(folder, file))),
      );
      expect(one!.equals(two!)).toBe(true);
    }
    const moved = await startTestServer({ folder: name("data") });
    const found = { found: await searchAnswers(moved), pictures: await pictureBytes(moved) };
    await moved.stop();
    expect(found).toEqual(toTheLastDigits(answers));
  });
});

it("tells which rows it does not store, and stores the others", async () => {
  const broken = at("broken");
  await cp(at("export-ndjson"), broken, { recursive: true });
  const rows = (await readFile(join(broken, "documents.ndjson"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { modality: string; vector: number[]; contentHash: string });
  const [text, longText, wrongText] = rows.filter(({ modality }) => modality === "text");
  const picture = rows.find(({ modality }) => modality === "image")!;
  text!.vector.pop();
  longText!.vector[0]! += 1;
  Object.assign(wrongText!, { contentHash: "../../etc" });
  await rm(join(broken, "pictures", `${picture.contentHash}.png`));
  await writeFile(join(broken, "documents.ndjson"), `${rows.map((row) => JSON.stringify(row)).join("\n")}\nno JSON\n`);
  const report = at("report");
  const { code, out } = await runCli(["import", broken, "--report", report], dataIn(at("partly")));
  expect([code, out]).toEqual([2, expect.stringContaining("42 are stored, 5 are not")]);
  const reasons = (await readFile(report, "utf8"))
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message?: string }).message ?? "");
  for (const reason of [
    "vector has 383 numbers, not 384",
    "no unit vector",
    "contentHash is missing or wrong",
    "picture is neither in",
    "not a JSON object",
  ]) {
    expect(reasons.filter((message) => message.includes(reason))).toHaveLength(1);
  }
});

it("is not brought into a collection of another model", async () => {
  await cp(at("export-ndjson"), at("foreign"), { recursive: true });
  const manifest = await readFile(at("foreign/export.json"), "utf8");
  await writeFile(at("foreign/export.json"), manifest.replace('"mini-clip"', '"other/model"'));
  const { code, err } = await runCli(["import", at("foreign")], dataIn(at("data-ndjson")));
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/made with other\/model .* but the collection here with mini-clip .*COLLECTION_PREFIX/),
  ]);
});

it("is not brought back unfinished, and begins anew in its own folder only", async () => {
  await rename(at("copy-ndjson/export.json"), at("copy-ndjson/export.unfinished"));
  expect(await runCli(["import", at("copy-ndjson")], {})).toMatchObject({
    code: 1,
    err: expect.stringContaining("not finished"),
  });
  expect((await runCli(["export", at("copy-ndjson"), "--no-pictures"], dataIn(at("data")))).code).toBe(0);
  expect((await readdir(at("copy-ndjson"))).toSorted()).toEqual(["documents.ndjson", "export.json"]);
  // Without pictures it goes where they are.
  expect(await runCli(["import", at("copy-ndjson")], dataIn(at("data")))).toMatchObject({ code: 0 });
  expect((await runCli(["import", at("copy-ndjson")], dataIn(at("data-bare")))).code).toBe(2);

  expect(await runCli(["export", at("export-ndjson")], dataIn(at("data")))).toMatchObject({
    code: 1,
    err: expect.stringContaining("holds an export already"),
  });
  expect(await runCli(["export", at("pictures")], dataIn(at("data")))).toMatchObject({
    code: 1,
    err: expect.stringContaining("is not empty"),
  });
  expect(await runCli(["export", at("new")], dataIn(at("nothing")))).toMatchObject({
    code: 1,
    err: expect.stringContaining("nothing to export"),
  });
});
