import { readInline } from "../../src/ingestion/sources/read-inline";
import { SharedLock } from "../../src/ingestion/shared-lock";
import { matches } from "../../src/documents/filter";
import { cursorMaker, readCursor } from "../../src/graphql/cursor";
import { metadataTerms } from "../../src/stores/milvus/metadata-terms";
import { milvusFilter } from "../../src/stores/milvus/milvus-filter";

describe("a picture within a request", () => {
  it.each([
    "/+8=",
    "_-8",
    " /+ 8= ",
    "data:image/png;base64,/+8=",
    "data:;base64,/+8=",
    "data:image/*;base64,/+8=",
    "data:application/octet-stream;name=a%20b.png;base64,/+8=",
    "DATA:IMAGE/PNG;BASE64,/+8=",
    " data:image/png ; base64,/+8=",
    "data:image/png;base64,%2F%2B8%3D",
    "data:image/png,%ff%ef",
    "data:,%ff%ef",
  ])("is read in all its spellings: %s", (text) => {
    expect([...readInline(text, 10)]).toEqual([255, 239]);
  });
  it.each([
    "",
    "a",
    "????",
    "ab=c",
    "data:",
    "data:image/png",
    "data:image/png;base64,",
    "data:,",
    "data:,%f",
    "data:;base64,a",
  ])("is refused when it is none: %p", (text) => {
    expect(() => readInline(text, 10)).toThrow(expect.objectContaining({ code: "INVALID_IMAGE" }));
  });
  it.each(["", "data:;base64,", "data:,"])("is refused by its length before it is decoded: %p", (head) => {
    expect(() => readInline(head + "A".repeat(1_000), 10)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });
});

describe("filters", () => {
  it("never carry a client's string unguarded", () => {
    const hostile = '" or 1 == 1 or key == "';
    const expressions = [
      milvusFilter("default", { kind: "key", in: [hostile] }),
      milvusFilter("default", { kind: "id", in: [hostile] }),
      milvusFilter("default", { kind: "metadata", key: hostile, comparison: { op: "equals", value: hostile } }),
    ];
    for (const expression of expressions) expect(expression).not.toContain(hostile);
    const range = () =>
      milvusFilter("default", { kind: "metadata", key: hostile, comparison: { op: "greaterThan", value: 1 } });
    expect(range).toThrow(expect.objectContaining({ code: "INVALID_FILTER" }));
    expect(() => milvusFilter("default", { kind: "key", in: ["\ud83d"] })).toThrow(
      expect.objectContaining({ code: "INVALID_FILTER" }),
    );
  });

  it("end a prefix where the next one begins, whatever its last character", () => {
    const compiled = (prefix: string) => milvusFilter("default", { kind: "keyPrefix", prefix });
    expect(compiled("ab")).toContain('(key >= "ab" and key < "ac")');
    expect(compiled("a\u{10FFFF}")).toContain('(key >= "a\u{10FFFF}" and key < "b")');
    expect(compiled("a\uD7FF")).toContain('key < "a\uE000"');
    expect(compiled("\u{10FFFF}")).toContain('key >= "\u{10FFFF}")');
  });

  it("tell a missing key from one that is null", () => {
    const document = { id: "x", key: null, modality: "text" as const, createdAt: new Date(), metadata: { here: null } };
    const exists = (key: string) =>
      matches({ kind: "metadata", key, comparison: { op: "exists", value: true } }, document);
    expect([exists("here"), exists("gone"), exists("toString")]).toEqual([true, false, false]);
  });

  it("index equal facts once", () => {
    expect(metadataTerms({ a: ["x", "x", 1, true], b: 1 })).toHaveLength(6);
  });
});

it("a cursor belongs to the query that made it", () => {
  const isNumber = (value: unknown): value is number => typeof value === "number";
  const cursor = cursorMaker({ text: "a" })(7);
  expect(readCursor({ text: "a" }, cursor, isNumber)).toBe(7);
  for (const [query, given] of [
    [{ text: "b" }, cursor],
    [{ text: "a" }, "x"],
    [{ text: "a" }, cursorMaker({ text: "a" })("7")],
  ] as const) {
    expect(() => readCursor(query, given, isNumber)).toThrow(expect.objectContaining({ code: "INVALID_CURSOR" }));
  }
});

it("a shared lock lets many share and one be alone, in order", async () => {
  const lock = new SharedLock();
  const log: string[] = [];
  const step = (name: string) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`${name} ends`);
  };
  await Promise.all([lock.share(step("a")), lock.share(step("b")), lock.alone(step("c")), lock.share(step("d"))]);
  expect(log).toEqual(["a begins", "b begins", "a ends", "b ends", "c begins", "c ends", "d begins", "d ends"]);
});
