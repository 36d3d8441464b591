import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parse } from "csv-parse/sync";
import { DEFAULT_LIMITS } from "../../../../src/documents/limits";
import type { JobItemContent } from "../../../../src/ports/ledger";
import { readItems } from "../../../../src/ingestion/items/read-items";

const limits = {
  ...DEFAULT_LIMITS,
  maxItemsPerIngestion: 1_200,
  maxImageBytes: 900,
  maxTextBytes: 200,
  maxMetadataBytes: 200,
};

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

async function read(mediaType: string, pieces: (string | Uint8Array)[]): Promise<JobItemContent[]> {
  const bytes = (async function* () {
    for (const piece of pieces) yield typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
  })();
  const items: JobItemContent[] = [];
  for await (const part of readItems([], { mediaType, bytes }, limits)) items.push(...part);
  return items;
}
const withoutLine = (item: JobItemContent) => {
  const { line, ...rest } = item;
  expect(line).toBeGreaterThan(0);
  return rest;
};
const ndjson = (...pieces: (string | Uint8Array)[]) => read("application/x-ndjson", pieces);
const csv = (...pieces: (string | Uint8Array)[]) => read("text/csv", pieces);
const problems = (items: JobItemContent[]) => items.map((item) => (item.kind === "unreadable" ? item.problem : null));

describe("NDJSON", () => {
  it("is one item a line, whatever way its bytes come", async () => {
    const list = [
      { text: "A red cat 🐈\u2028 over there", key: "a", metadata: { colour: "red" } },
      { image: "https://example.com/cat.png", caption: "A cat" },
      { image: { base64: "AAAA" } },
      { image: { uploadId: "ab" }, key: "b" },
    ];
    const bytes = new TextEncoder().encode(`${list.map((one) => JSON.stringify(one)).join("\r\n")}\n\n`);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));

    expect((await ndjson(...single)).map(withoutLine)).toEqual([
      { kind: "text", key: "a", text: "A red cat 🐈\u2028 over there", metadata: { colour: "red" } },
      { kind: "image", key: null, source: { kind: "url", url: "https://example.com/cat.png" }, caption: "A cat" },
      { kind: "image", key: null, source: { kind: "base64", base64: "AAAA" }, caption: null },
      { kind: "image", key: "b", source: { kind: "upload", uploadId: "ab" }, caption: null },
    ]);
  });

  it.each(
    [
      ["{", "is not JSON"],
      ["[1]", "not a JSON object"],
      ["null", "not a JSON object"],
      ["{}", "exactly one of text, image and pdf"],
      ['{"text":"a","image":"b"}', "exactly one of text, image and pdf"],
      ['{"text":1}', "not a string"],
      ['{"text":null,"image":null}', "exactly one of text, image and pdf"],
      [`{"text":"a","metadata":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "bytes"],
      [`{"text":"a","metadata":${"[".repeat(101)}${"]".repeat(101)}}`, "more than 100 levels"],
      ['{"text":"a","key":7}', "key that is not a string"],
      ['{"text":"a","txet":"b"}', "another name"],
      ['{"image":5}', "neither a URL nor an object"],
      ['{"image":{}}', "exactly one of url, base64"],
      ['{"image":{"url":"a","base64":"b"}}', "exactly one of url, base64"],
      ['{"image":{"url":5}}', "url is not a string"],
      [`{"text":"${"a".repeat(5_000)}"}`, "bytes"],
    ].map(([line, words]) => [line!.slice(0, 30), line!, words!]),
  )("%s harms no other line", async (_name, line, words) => {
    const [before, broken, after] = await ndjson(`{"text":"before"}\n${line}\n{"text":"after"}`);

    expect([before, after]).toMatchObject([{ text: "before" }, { text: "after" }]);
    expect(problems([broken!])[0]).toMatch(/^Line 2 /);
    expect(problems([broken!])[0]).toContain(words);
  });

  it("takes null for absent, as data frames write it", async () => {
    const items = await ndjson(
      '{"text":"a","image":null,"key":null,"caption":null,"metadata":null}\n',
      '{"text":null,"image":{"url":"https://example.com/a.png","base64":null},"caption":null}\n',
    );
    expect(items).toMatchObject([
      { kind: "text", text: "a", key: null, line: 1 },
      { kind: "image", source: { kind: "url", url: "https://example.com/a.png" }, caption: null, line: 2 },
    ]);
  });

  it("tells of a line that is not UTF-8, and goes on", async () => {
    const cut = Uint8Array.of(0xc3);
    const items = await ndjson('{"text":"a"}\n{"text":"', Uint8Array.of(0xff), '"}\n{"text":"b"}\n', cut);
    expect(items.map(({ kind }) => kind)).toEqual(["text", "unreadable", "text", "unreadable"]);
    expect(problems(items)).toEqual([null, expect.stringMatching(/^Line 2 is not UTF-8/), null, expect.anything()]);
  });

  it("keeps nothing of a line that is too long", async () => {
    const piece = new Uint8Array(64 * 1024).fill(97);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const bytes = (async function* () {
      for (let i = 0; i < 2_000; i++) {
        yield piece.slice();
        if (i % 200 === 0) collect();
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
      yield new TextEncoder().encode('\n{"text":"after"}');
    })();
    const items: JobItemContent[] = [];
    for await (const part of readItems([], { mediaType: "application/x-ndjson", bytes }, limits)) items.push(...part);
    expect(items).toMatchObject([
      { kind: "unreadable", line: 1 },
      { text: "after", line: 2 },
    ]);
    // What comes between two collections, and little more.
    expect(most).toBeLessThan(64 * 1024 * 300);
  });
});

describe("CSV", () => {
  const one = async (list: string | Uint8Array) => {
    const items = await csv(list);
    expect(items).toHaveLength(1);
    return withoutLine(items[0]!);
  };

  it("is one item a row: pictures by URL, texts, other columns as metadata", async () => {
    const items = await csv(
      "\uFEFFkey,text,image,colour,size\r\n",
      'a,"A ""red"", fat\ncat",,red,\r\n',
      ",A cat,https://example.com/cat.png,,9\r\n",
    );

    expect(items).toEqual([
      { kind: "text", key: "a", text: 'A "red", fat\ncat', metadata: { colour: "red" }, line: 2 },
      {
        kind: "image",
        key: null,
        source: { kind: "url", url: "https://example.com/cat.png" },
        caption: "A cat",
        metadata: { size: "9" },
        line: 4,
      },
    ]);
  });

  it("reads what is written by the rules as another reader does", async () => {
    const rows = [
      ["key", "text", "more"],
      ["a", 'x ""', " spaces "],
      ["", 'a "b", c', "\r\n"],
      ["ä", "\n\n🐈", '""'],
    ];
    const list = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n");
    const others: string[][] = parse(list);
    const items = (await csv(list)) as { key: string | null; text: string; metadata: { more: string } }[];
    expect(items.map(({ key, text, metadata }) => [key ?? "", text, metadata.more])).toEqual(others.slice(1));
  });

  it.each([
    ["semicolons", "text;size\na;1\n"],
    ["tabs", "text\tsize\na\t1"],
    ["bars", "text|size\na|1"],
    ["what `sep=` says", "sep=;\r\ntext;size\r\na;1\r\n"],
    ["capitals and spaces in the header", " Text , size\na,1\n"],
    ["returns alone", "text,size\ra,1\r"],
    ["line ends of any kind", "text,size\r\n\na,1\r,\r\n"],
    ["a space after each comma", "text, size\na, 1\n"],
    ["a space after each comma, the header in quotes", '"text", "size"\n"a", 1\n'],
    ["a space before quotes", 'text,size\na, "1"\n'],
    ["a space after quotes", 'text,size\n"a" ,1\n'],
    ["trailing commas", "text,size,,\na,1,,,,\n"],
    ["rows of nothing but commas", "text,size\n,,\na,1\n,\n"],
  ])("takes %s", async (_what, list) => {
    expect(await one(list)).toEqual({ kind: "text", key: null, text: "a", metadata: { size: "1" } });
  });

  it.each(["utf8", "utf16le", "utf16be"])("takes %s, with a byte order mark and without", async (encoding) => {
    const encode = (text: string) =>
      encoding === "utf16be" ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, encoding as BufferEncoding);
    for (const mark of ["\uFEFF", ""])
      expect(await one(encode(`${mark}text\tgröße\r\n🐈\t1\r\n`))).toMatchObject({
        text: "🐈",
        metadata: { größe: "1" },
      });
  });

  it("takes a quote within a value that does not begin with one as it is", async () => {
    expect(await one('text,size\n5" pipe,6"\n')).toMatchObject({ text: '5" pipe', metadata: { size: '6"' } });
  });

  it("takes a header of several lines, whatever separates its names", async () => {
    for (const delimiter of [",", ";", "\t"]) {
      const list = `"text"${delimiter}"price\n(EUR)"${delimiter}size\n"a"${delimiter}"b\nc"${delimiter}1\n`;
      expect(await one(list)).toMatchObject({ text: "a", metadata: { "price\n(EUR)": "b\nc", size: "1" } });
    }
  });

  it("keeps a column without a name under its place, and one of any name as it is", async () => {
    expect(await one(",text,__proto__\n0,a,b\n")).toMatchObject({ text: "a" });
    const { metadata } = (await one(",text,__proto__\n0,a,b\n")) as { metadata: object };
    expect(JSON.stringify(metadata)).toBe('{"column1":"0","__proto__":"b"}');
  });

  it("stores numbers, booleans and dates where the header says so", async () => {
    const header = "text,price:number,sale:boolean,day:date,at:date,size:string\n";
    expect(await one(`${header}a,10.5,TRUE,2026-11-26,2026-11-26 10:30+02:00,7\n`)).toMatchObject({
      metadata: { price: 10.5, sale: true, day: "2026-11-26", at: "2026-11-26T08:30:00.000Z", size: "7" },
    });
    expect(await one(`${header}a,,,,,\n`)).toMatchObject({ metadata: {} });
    expect(await one("text;price:number\na;10,5\n")).toMatchObject({ metadata: { price: 10.5 } });
  });

  it.each([
    ["text,a:number\nx,cheap", '`a`: "cheap" is not a plain number'],
    ['text,a:number\nx,"1,5"', "is not a plain number"],
    ["text;a:number\nx;1.234", "is not a plain number"],
    ["text,a:number\nx,12345678901234567890", "more digits than are kept"],
    ["text,a:boolean\nx,maybe", "neither true nor false"],
    ["text,a:date\nx,11/26/2026", "not an unambiguous date"],
    ["text,a:date\nx,2026-02-30", "not an unambiguous date"],
    ["text,a\nx,red,blue", "has 3 columns, but the header has 2"],
    ["text,a\nx", "has 1 columns, but the header has 2"],
    ['text,a\n"never closed,b', "a quote that is not closed"],
    ['text,a\n"the "best" cat",b', "not doubled"],
    ["text,a\n,b", "neither a text, an image nor a pdf"],
    [`text,a\n${"x".repeat(9_000)},b`, "bytes"],
    [`text,a\n${",".repeat(30_000)}`, "bytes"],
    [Buffer.from("text,a\nGröße,b", "latin1"), "is not UTF-8 text"],
  ])("tells %j by its line, and stores the others", async (list, words) => {
    const items = await csv(
      list,
      `\nfirst${String(list).includes(";") ? ";" : ","}\n`,
      '"second" ',
      String(list).includes(";") ? ";" : ",",
    );
    expect(items.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(problems(items)).toEqual([expect.stringContaining(words), null, null]);
    expect(problems(items)[0]).toMatch(/^Line 2 /);
  });

  it("tells a row of several lines by all of them", async () => {
    expect(problems(await csv('text,a\n"one\ntwo",b,c\n'))).toEqual([expect.stringMatching(/^Lines 2 to 3 have 3/)]);
  });

  it("reads each line a few times at most, whatever its quotes", async () => {
    const items = await csv(`text,b,c\n${'a",b,"c\n'.repeat(1_100)}`);
    expect(new Set(items.map(({ line }) => line)).size).toBe(1_100);
    expect(items.every(({ kind }) => kind === "unreadable")).toBe(true);
  });

  it.each([
    ["a header without text and image", "name,colour\na,b\n", "no column"],
    ["nothing at all", "", "no column"],
    ["a column twice", "text,a,a\nx,y,z\n", 'names "a" twice, columns 2 and 3'],
    ["a type for a column of our own", "text,key:number\nx,1\n", "always text"],
    ["a header that is not UTF-8", Buffer.from("text,größe\na,1\n", "latin1"), "line 1 is not UTF-8"],
    ["a header without end", `text${",".repeat(5_000)}\n`, "bytes"],
  ])("is refused for %s", async (_what, list, words) => {
    await expect(csv(list)).rejects.toMatchObject({ code: "INVALID_UPLOAD", message: expect.stringContaining(words) });
  });
});

it("takes as many items as are allowed, in parts, and no more", async () => {
  const list = (count: number) => Array.from({ length: count }, (_, i) => `{"text":"${i}"}\n`).join("");

  expect(await ndjson(list(1_200))).toHaveLength(1_200);
  await expect(ndjson(list(1_201))).rejects.toMatchObject({ code: "TOO_MANY_ITEMS" });
});

it("wants at least one item, and a list", async () => {
  await expect(ndjson("\n \n")).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  await expect(csv("text\n")).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  await expect(read("image/png", ["x"])).rejects.toMatchObject({ code: "INVALID_UPLOAD" });
});

it("does not hand on metadata that is nested without end, which no ledger can write down", async () => {
  const metadata: unknown = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
  const item = { kind: "text", key: null, text: "a", metadata } as const;
  const items: JobItemContent[] = [];
  for await (const part of readItems([item, { ...item, metadata: {} }], null, limits)) items.push(...part);
  expect(items).toMatchObject([{ kind: "unreadable", problem: expect.stringContaining("levels") }, { text: "a" }]);
});

it("passes on what breaks the list off", async () => {
  const broken = async function* () {
    yield new TextEncoder().encode("text\na\n");
    throw new Error("broken off");
  };
  for (const mediaType of ["text/csv", "application/x-ndjson"]) {
    const reading = (async () => {
      for await (const _ of readItems([], { mediaType, bytes: broken() }, limits));
    })();
    await expect(reading).rejects.toThrow("broken off");
  }
});
