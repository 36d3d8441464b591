import { readEmbeddings } from "../../../src/encoders/remote/api/read-embeddings";

const base64 = (...numbers: number[]) => Buffer.from(Float32Array.from(numbers).buffer).toString("base64");
const read = (answer: unknown, dimension: number | null = 2, count = 2) =>
  readEmbeddings(Buffer.from(typeof answer === "string" ? answer : JSON.stringify(answer)), { count, dimension });
const data = (...embeddings: unknown[]) => ({ data: embeddings.map((embedding, index) => ({ index, embedding })) });

it("takes numbers and base64, and scales them to length 1", () => {
  expect(read(data([3, 4], base64(0, -2)))).toEqual([Float32Array.of(0.6, 0.8), Float32Array.of(0, -1)]);
});

it("goes by the index, and by the order where there is none", () => {
  const swapped = { data: [1, 0].map((index) => ({ index, embedding: [index, 1 - index] })) };
  expect(read(swapped)).toEqual([Float32Array.of(0, 1), Float32Array.of(1, 0)]);
  const unnumbered = { data: [{ embedding: [1, 0] }, { embedding: [0, 1] }] };
  expect(read(unnumbered)).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
});

it.each([
  ["NaN in base64", base64(Number.NaN, 1)],
  ["infinity", base64(Infinity, 1)],
  ["null", [null, 1]],
  ["a word", ["1", 1]],
  ["zeros", [0, 0]],
])("gives null for %s, and the others their vectors", (_, embedding) => {
  expect(read(data(embedding, [1, 0]))).toEqual([null, Float32Array.of(1, 0)]);
});

it.each([
  ["what is no JSON", "{"],
  ["NaN as Python writes it", '{"data":[{"index":0,"embedding":[NaN,1]},{"index":1,"embedding":[1,1]}]}'],
  ["no list", { error: "x" }],
  ["a list", [[1, 2]]],
  ["too few", data([1, 0])],
  ["too many", data([1, 0], [1, 0], [1, 0])],
  ["another length", data([1, 0], [1, 0, 0])],
  ["an index twice", { data: [0, 0].map((index) => ({ index, embedding: [1, 0] })) }],
  ["an index that is none", { data: [1, 2].map((index) => ({ index, embedding: [1, 0] })) }],
  ["half an index", { data: [0, 0.5].map((index) => ({ index, embedding: [1, 0] })) }],
  ["base64 that breaks off", data(base64(1, 0).slice(0, 6), [1, 0])],
  ["no embedding", { data: [{ index: 0 }, { index: 1 }] }],
  ["entries that are none", { data: [null, 7] }],
])("refuses %s", (_, answer) => {
  expect(() => read(answer)).toThrow(expect.objectContaining({ name: "BatchRefused", mayPass: true }));
});
