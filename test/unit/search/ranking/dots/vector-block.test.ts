import { emptyMemory, VectorBlock } from "../../../../../src/search/ranking/dots/vector-block";
import { dot } from "../../../../../src/documents/vector";
import { randomNumbers } from "../../../../support/documents";

const random = randomNumbers(17);
const vector = (length: number) => Float32Array.from({ length }, () => random() - 0.5);

it.each([1, 15, 16, 17, 64, 384, 1_000])("multiplies with every vector, of %i numbers", (length) => {
  const vectors = Array.from({ length: 37 }, () => vector(length));
  const block = new VectorBlock(vectors);
  for (const query of [vector(length), vector(length)]) {
    expect([...block.dots(query)]).toEqual(vectors.map((one) => expect.closeTo(dot(one, query), 4)));
  }
});

it("bears that its answer is changed, and that there are no vectors", () => {
  const vectors = [vector(32), vector(32)];
  const block = new VectorBlock(vectors);
  block.dots(vectors[0]!).fill(7);
  expect(block.dots(vectors[0]!)[1]).toBeCloseTo(dot(vectors[0]!, vectors[1]!), 4);
  expect(new VectorBlock([]).dots(new Float32Array(0))).toHaveLength(0);
  expect(new VectorBlock([]).dots(vector(32))).toHaveLength(0);
});

it("sees nothing of the block that its memory held before", () => {
  const memory = emptyMemory();
  for (const [count, length] of [
    [900, 50],
    [30, 17],
    [2_000, 384],
    [3, 5],
  ] as const) {
    const vectors = Array.from({ length: count }, () => vector(length));
    const query = vector(length);
    const found = [...new VectorBlock(vectors, memory).dots(query)];
    expect(found).toEqual(vectors.map((one) => expect.closeTo(dot(one, query), 4)));
  }
});
