import { DEFAULT_LIMITS } from "../../../src/search/limits";
import type { JobItemContent } from "../../../src/search/ledger";
import { readItems } from "../../../src/ingestion/items/read-items";

const limits = {
  ...DEFAULT_LIMITS,
  maxItemsPerIngestion: 1_200,
  maxImageBytes: 900,
  maxTextBytes: 200,
  maxMetadataBytes: 200,
};

async function read(mediaType: string, pieces: (string | Uint8Array)[]): Promise<JobItemContent[]> {
  const bytes = (async function* () {
    for (const piece of pieces) yield typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
  })();
  const items: JobItemContent[] = [];
  for await (const part of readItems([], { mediaType, bytes }, limits)) items.push(...part);
  return items;
}
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

    expect(await ndjson(...single)).toEqual([
      { kind: "text", key: "a", text: "A red cat 🐈\u2028 over there", metadata: { colour: "red" } },
      { kind: "image", key: null, source: { kind: "url", url: "https://example.com/cat.png" }, caption: "A cat" },
      { kind: "image", key: null, source: { kind: "base64", base64: "AAAA" }, caption: null },
      { kind: "image", key: "b", source: { kind: "upload", uploadId: "ab" }, caption: null },
    ]);
  });

  it.each(
    [
      ["{", "is no JSON"],
      ["[1]", "no JSON object"],
      ["null", "no JSON object"],
      ["{}", "exactly one of text and image"],
      ['{"text":"a","image":"b"}', "exactly one of text and image"],
      ['{"text":1}', "no string"],
      ['{"text":"a","key":7}', "key that is no string"],
      ['{"text":"a","txet":"b"}', "another name"],
      ['{"image":5}', "neither a URL nor an object"],
      ['{"image":{}}', "exactly one of url, base64"],
      ['{"image":{"url":"a","base64":"b"}}', "exactly one of url, base64"],
      ['{"image":{"url":5}}', "url is no string"],
      [`{"text":"${"a".repeat(5_000)}"}`, "characters"],
    ].map(([line, words]) => [line!.slice(0, 30), line!, words!]),
  )("%s harms no other line", async (_name, line, words) => {
    const [before, broken, after] = await ndjson(`{"text":"before"}\n${line}\n{"text":"after"}`);

    expect([before, after]).toMatchObject([{ text: "before" }, { text: "after" }]);
    expect(problems([broken!])[0]).toMatch(/^Line 2 /);
    expect(problems([broken!])[0]).toContain(words);
  });

  it("must be UTF-8", async () => {
    await expect(ndjson('{"text":"', Uint8Array.of(0xff, 0xfe), '"}')).rejects.toMatchObject({
      code: "INVALID_UPLOAD",
    });
    await expect(ndjson('{"text":"', Uint8Array.of(0xc3))).rejects.toMatchObject({ code: "INVALID_UPLOAD" });
  });
});

describe("CSV", () => {
  it("is one item a row: pictures by URL, texts, other columns as metadata", async () => {
    const items = await csv(
      "\uFEFFkey,text,image,colour,size\r\n",
      'a,"A ""red"", fat\ncat",,red,\r\n',
      ",A cat,https://example.com/cat.png,,9\r\n",
    );

    expect(items).toEqual([
      { kind: "text", key: "a", text: 'A "red", fat\ncat', metadata: { colour: "red" } },
      {
        kind: "image",
        key: null,
        source: { kind: "url", url: "https://example.com/cat.png" },
        caption: "A cat",
        metadata: { size: "9" },
      },
    ]);
  });

  it("tells of a row of another length, and goes on", async () => {
    const items = await csv("text,colour\nfirst,red\nsecond,red,blue\nthird,red\n");

    expect(items.map(({ kind }) => kind)).toEqual(["text", "unreadable", "text"]);
    expect(problems(items)[1]).toMatch(/^Line 3 has another number of columns/);
  });

  it.each([
    ["quotes that do not close", 'text\n"never closed\n', "from line 2"],
    ["a header without text and image", "name,colour\na,b\n", "neither a column"],
    ["a row longer than anything that is stored", `text\n"${"a".repeat(9_000)}"\n`, "too long"],
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
