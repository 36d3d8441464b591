import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CollectionDocument } from "../generated/operations";
import { dataIn, runCli, startCli } from "../support/parallax-cli";
import { plainJpeg, plainPng } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

jest.setTimeout(300_000);

let folder: string;
let server: TestServer;
let toServer: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-import-"));
  server = await startTestServer();
  toServer = ["--server", server.url];
});
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

const keysOf = async (prefix: string) => {
  const query = `query ($prefix: String!) { documents(where: { key: { startsWith: $prefix } }, first: 100) {
    nodes { ... on StoredDocument { key metadata } ... on ImageDocument { caption } } } }`;
  const { data } = await server.ask<
    { documents: { nodes: { key: string; caption?: string; metadata: object }[] } },
    object
  >(query, { prefix });
  return data.documents.nodes.toSorted((a, b) => (a.key < b.key ? -1 : 1));
};
const ingestions = async () => {
  const query = "{ ingestions(first: 100) { total requestId } }";
  return (await server.ask<{ ingestions: { total: number }[] }, object>(query)).data.ingestions;
};
const linesOf = async (file: string) =>
  (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);

describe("a folder of pictures", () => {
  let pictures: string;
  let args: string[];

  beforeAll(async () => {
    pictures = join(folder, "pictures");
    await mkdir(join(pictures, "below/.hidden"), { recursive: true });
    for (const [i, name] of ["a.png", "below/b.PNG", "below/.hidden/c.png"].entries()) {
      await writeFile(join(pictures, name), await plainPng([i * 50, 20, 90]));
    }
    await writeFile(join(folder, "outside.png"), await plainPng([9, 9, 9]));
    await symlink(join(folder, "outside.png"), join(pictures, "outside.png"));
    await symlink(pictures, join(pictures, "loop"));
    for (const name of ["broken.jpg", "drawing.svg", "notes.txt"]) await writeFile(join(pictures, name), "what");
    await writeFile(join(pictures, "below/scan.tif"), "II*\0\x08\0\0\0");
    await writeFile(join(pictures, "empty.webp"), "");
    args = ["import", pictures, ...toServer, "--key-prefix", "my/", "--metadata", '{"album":"one"}'];
  });

  it("is stored by its paths, and what is not is told, with the reason", async () => {
    const report = join(folder, "report.ndjson");
    const { code, out, err } = await runCli([...args, "--report", report], {});
    expect([code, err]).toEqual([2, expect.stringContaining("Importing 6 items")]);
    expect(out).toContain("of 6 items 2 are stored, 4 are not stored");
    expect(out).toMatch(/scan\.tif: By its first bytes it is TIFF, which is not an accepted picture format/);
    expect(await keysOf("my/")).toEqual([
      { key: "my/a.png", caption: null, metadata: { album: "one" } },
      { key: "my/below/b.PNG", caption: null, metadata: { album: "one" } },
    ]);
    const lines = await linesOf(report);
    expect(lines.at(-1)).toMatchObject({ summary: { total: 6, ingested: 2, failed: 4 } });
    expect(lines).toEqual(
      expect.arrayContaining([
        {
          file: "broken.jpg",
          key: "my/broken.jpg",
          code: "UNSUPPORTED_MEDIA_TYPE",
          message: expect.any(String),
          retryable: false,
        },
        expect.objectContaining({ file: "below/scan.tif", code: "UNSUPPORTED_MEDIA_TYPE" }),
        expect.objectContaining({ file: "drawing.svg", code: "UNSUPPORTED_MEDIA_TYPE" }),
        expect.objectContaining({ file: "empty.webp", code: "INVALID_IMAGE" }),
      ]),
    );
  });

  it("is not sent again, but for a file that has changed or when told to", async () => {
    const before = (await ingestions()).length;
    const again = await runCli(args, {});
    expect([again.code, again.out]).toEqual([2, expect.stringContaining("2 of them were imported before")]);
    expect(again.out).toContain("broken.jpg");
    expect(await ingestions()).toHaveLength(before);

    await utimes(join(pictures, "a.png"), new Date(), new Date(0));
    await runCli(args, {});
    expect(await ingestions()).toHaveLength(before + 1);

    await runCli([...args, "--again"], {});
    expect(await ingestions()).toHaveLength(before + 2);
  });
});

describe("a folder as cameras, browsers and other programs leave it", () => {
  let odd: string;
  const named = (name: string | Buffer) => Buffer.concat([Buffer.from(`${odd}/`), Buffer.from(name)]);

  beforeAll(async () => {
    odd = join(folder, "odd");
    for (const name of ["@eaDir/x", "__MACOSX", "$RECYCLE.BIN", ".picasaoriginals"])
      await mkdir(join(odd, name), { recursive: true });
    const names = ["a.jfif", "b.jpe", "no-ending", "c.png", "d.txt", "@eaDir/x/small.jpg", "__MACOSX/a.jpg"];
    for (const [i, name] of names.entries()) await writeFile(join(odd, name), await plainJpeg([200, i * 30, 90]));
    await writeFile(join(odd, "notes"), "no picture");
    await symlink(join(odd, "gone.jpg"), join(odd, "dangling.jpg"));
    await symlink("circle", join(odd, "circle"));
    for (const name of ["two\nlines.jpg", Buffer.from("latin\xe4.jpg", "latin1")])
      await writeFile(named(name), await plainJpeg([9, 9, 9]));
  });

  it("stores what is a picture by its bytes, and tells what cannot be read or named", async () => {
    const report = join(folder, "odd.ndjson");
    const { code, out } = await runCli(["import", odd, ...toServer, "--key-prefix", "odd/", "--report", report], {});
    expect(code).toBe(2);
    expect(out).toContain("of 9 items 5 are stored, 4 are not stored");
    expect(out).toContain("Folders of previews or of deleted files were passed over: $RECYCLE.BIN and 3 more.");
    expect(out).toContain("two\\x0alines.jpg: The name holds a line feed");
    expect((await keysOf("odd/")).map(({ key }) => key)).toEqual(
      ["a.jfif", "b.jpe", "c.png", "d.txt", "no-ending"].map((name) => `odd/${name}`),
    );
    expect(await linesOf(report)).toMatchObject([
      { file: "circle", code: "INVALID_ITEM", message: expect.stringContaining("circle") },
      { file: "dangling.jpg", code: "INVALID_ITEM", message: expect.stringContaining("is not there") },
      { file: "latin\xe4.jpg", code: "INVALID_ITEM", message: expect.stringContaining("is not UTF-8") },
      { file: "two\nlines.jpg", code: "INVALID_KEY" },
      { summary: { total: 9, ingested: 5, failed: 4 } },
    ]);
  });
});

describe("a list", () => {
  beforeAll(async () => {
    await mkdir(join(folder, "lists/pictures"), { recursive: true });
    await writeFile(join(folder, "lists/pictures/red.png"), await plainPng([250, 0, 0]));
    await writeFile(join(folder, "outside.png"), await plainPng([9, 9, 9]));
    await symlink(join(folder, "outside.png"), join(folder, "lists/link.png"));
  });

  it("is read from CSV, with pictures beside it and lines by number", async () => {
    const list = join(folder, "lists/products.csv");
    const rows = [
      "key;text;image;caption;colour;price:number;year",
      'csv/1;"two',
      'lines";;;red;10,5;2026',
      ";;;;;;",
      "csv/2;;pictures/red.png;Red;red;;",
      "csv/3;;../outside.png;;;;",
      "csv/4;;link.png;;;;",
      "csv/5;;;;;;",
      'csv/6;a 5" pipe;;;;cheap;',
    ];
    await writeFile(list, rows.join("\n"));
    const { code, out, err } = await runCli(["import", list, ...toServer], {});
    expect(err).toContain("Only numbers stand in `year`, and are stored as text.");
    expect([code, out]).toEqual([2, expect.stringContaining("of 6 items 2 are stored, 4 are not stored")]);
    expect(out).toMatch(/line 9: .*`price`: "cheap" is not a plain number/);
    expect(out).toMatch(/line 6: The path leads out of the folder/);
    expect(out).toMatch(/line 7: The path leads out of the folder/);
    expect(out).toMatch(/line 8: .*neither a text, an image nor a pdf.* \(INVALID_ITEM\)/);
    expect(await keysOf("csv/")).toEqual([
      { key: "csv/1", metadata: { colour: "red", price: 10.5, year: "2026" } },
      { key: "csv/2", caption: "Red", metadata: { colour: "red" } },
    ]);
  });

  it("is read from NDJSON; what an item says itself comes before --metadata", async () => {
    const list = join(folder, "lists/items.jsonl");
    const items = [
      '{"text":"one","key":"1","metadata":{"a":1}}',
      "",
      "no JSON",
      '{"image":"pictures/red.png","key":"2"}',
    ];
    await writeFile(list, items.join("\n"));
    const given = ["--key-prefix", "nd/", "--metadata", '{"a":0,"b":0}'];
    const { code, out } = await runCli(["import", list, ...toServer, ...given], {});
    expect([code, out]).toEqual([2, expect.stringMatching(/line 3: .*is not JSON/)]);
    expect(await keysOf("nd/")).toEqual([
      { key: "nd/1", metadata: { a: 1, b: 0 } },
      { key: "nd/2", caption: null, metadata: { a: 0, b: 0 } },
    ]);
  });
});

it("sends again what was deleted since it was imported, and says so", async () => {
  const list = join(folder, "deleted.ndjson");
  const items = ["a", "b", "c"].map((key) => `{"text":"to be deleted: ${key}","key":"${key}"}\n`);
  await writeFile(list, [...items, '{"text":"to be deleted without a key"}\n'].join(""));
  const args = ["import", list, ...toServer, "--key-prefix", "del/"];
  const DELETE = `mutation ($where: DocumentFilter!) { deleteDocuments(input: { where: $where }) { deleted } }`;
  const remove = async (where: object) => server.ask(DELETE, { where });
  expect((await runCli(args, {})).code).toBe(0);

  for (const keys of [["del/a", "del/c"], ["del/a", "del/c"], ["del/b"]]) {
    await remove({ key: { in: keys } });
    const { code, out } = await runCli(args, {});
    expect([code, out]).toEqual([0, expect.stringContaining("of 4 items 4 are stored, 0 are not stored")]);
    expect(out).toContain(`${4 - keys.length} of them were imported before`);
    expect(out).toContain(`${keys.length} were imported before and deleted since; they were sent again.`);
    expect((await keysOf("del/")).map(({ key }) => key)).toEqual(["del/a", "del/b", "del/c"]);
  }
  const again = await runCli(args, {});
  expect(again.out).toContain("4 of them were imported before");
  expect(again.out).not.toContain("deleted since");
});

describe("an import that is broken off", () => {
  const TEXTS = 4_000;
  let list: string;
  const texts = async () => (await server.ask(CollectionDocument)).data.collection.texts;
  const untilSome = async (before: number) => {
    while ((await texts()) === before) await pause(20);
  };
  beforeAll(async () => {
    list = join(folder, "many.ndjson");
    await writeFile(list, Array.from({ length: TEXTS }, (_, i) => `{"text":"text number ${i}"}\n`).join(""));
  });

  it("says how to go on when it is interrupted, goes on when it was killed, and sends nothing twice", async () => {
    const before = await texts();
    const sentBefore = (await ingestions()).length;
    const first = startCli(["import", list, ...toServer], {});
    await untilSome(before);
    process.kill(first.pid, "SIGINT");
    const { code, out } = await first.ended;
    expect([code, out]).toEqual([
      130,
      expect.stringMatching(/Interrupted: \d+ of 4000 are stored; the server goes on .* Run the same command again/),
    ]);

    const second = startCli(["import", list, ...toServer], {});
    await untilSome(await texts());
    process.kill(second.pid, "SIGKILL");
    expect((await second.ended).code).toBeNull();
    expect(await texts()).toBeLessThan(before + TEXTS);

    const third = await runCli(["import", list, ...toServer], {});
    expect([third.code, third.out]).toEqual([0, expect.stringContaining(`of ${TEXTS} items ${TEXTS} are stored`)]);
    expect(await texts()).toBe(before + TEXTS);
    const all = await ingestions();
    const sent = all.slice(0, all.length - sentBefore);
    expect(sent.reduce((sum, { total }) => sum + total, 0)).toBe(TEXTS);
  });
});

describe("a server that says of itself where it is not", () => {
  let misled: TestServer;
  let stranger: Server;
  let answer: (response: ServerResponse) => unknown;
  beforeAll(async () => {
    stranger = createServer((_, response) => answer(response)).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const { port } = stranger.address() as AddressInfo;
    misled = await startTestServer({ env: { PUBLIC_URL: `http://127.0.0.1:${port}` } });
    await writeFile(join(folder, "elsewhere.ndjson"), '{"text":"never stored"}\n');
  });
  afterAll(async () => {
    stranger.close();
    await misled.remove();
  });

  it.each<[string, typeof answer]>([
    ["nobody answers there", (response) => response.destroy()],
    ["a web server answers there", (response) => response.writeHead(405).end("<html>no</html>")],
    [
      "another Parallax answers there",
      (response) => response.writeHead(403).end('{"errors":[{"message":"no","extensions":{"code":"INVALID_UPLOAD"}}]}'),
    ],
  ])("is told as such when %s", async (_what, answers) => {
    answer = answers;
    const { code, err } = await runCli(["import", join(folder, "elsewhere.ndjson"), "--server", misled.url], {});
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/gives URLs for uploads at http:\/\/127\.0\.0\.1:\d+, which is not reachable/),
    ]);
    expect(err).toContain(`Set its PUBLIC_URL to an address that its clients reach, such as ${misled.url}.`);
  });
});

it("starts a server of its own where none runs, and leaves what it stored", async () => {
  const data = join(folder, "own");
  const list = join(folder, "own.ndjson");
  await writeFile(list, '{"text":"a text"}\n');
  const { code, out, err } = await runCli(["import", list, "--no-progress"], dataIn(data));
  expect([code, out, err]).toEqual([
    0,
    expect.stringContaining("1 are stored"),
    expect.stringContaining("starting one with the model mini-clip"),
  ]);
  const after = await startTestServer({ folder: data });
  expect((await after.ask(CollectionDocument)).data.collection.texts).toBe(1);
  await after.stop();
});

it.each([
  [["imprt"], /There is no command "imprt"; there are serve, demo, import/],
  [["serve", "here"], /`serve` takes options alone, not "here"/],
  [["serve", "--port"], /There is no option --port; there is none/],
  [["demo", "--twice"], /Unknown or incomplete option "--twice"; there are --once/],
  [["import"], /SOURCE is missing.*import --help/],
  [["import", "nowhere"], /There is no nowhere/],
  [["import", __filename], /neither a folder nor a list/],
  [["import", __dirname], /holds nothing to import/],
  [["import", ".", "--foo"], /There is no option --foo; there are --server/],
  [["import", ".", "--metadata", "[]"], /--metadata must be a JSON object/],
  [["import", ".", "--concurrency", "0"], /--concurrency must be a whole number from 1 to 32/],
  [["export", "here", "--format", "xml"], /--format must be ndjson or parquet/],
])("refuses %j in one line", async (args, message) => {
  const { code, out, err } = await runCli(args, {});
  expect([code, out, err]).toEqual([1, "", expect.stringMatching(message)]);
  expect(err.trim().split("\n")).toHaveLength(1);
});

it.each([[["--help"]], [["import", "--help"]], [["export", "-h"]], [["evaluate", "--help"]]])(
  "explains itself with %j",
  async (args) => {
    const { code, out, err } = await runCli(args, {});
    expect([code, out, err]).toEqual([0, expect.stringContaining("npx parallax-search"), ""]);
  },
);
