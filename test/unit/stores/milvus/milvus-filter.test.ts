import { milvusFilter } from "../../../../src/stores/milvus/milvus-filter";

it("carries no string of a client's unguarded", () => {
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

it("ends a prefix where the next one begins, whatever its last character", () => {
  const compiled = (prefix: string) => milvusFilter("default", { kind: "keyPrefix", prefix });
  expect(compiled("ab")).toContain('(key >= "ab" and key < "ac")');
  expect(compiled("a\u{10FFFF}")).toContain('(key >= "a\u{10FFFF}" and key < "b")');
  expect(compiled("a\uD7FF")).toContain('key < "a\uE000"');
  expect(compiled("\u{10FFFF}")).toContain('key >= "\u{10FFFF}")');
});
