import { VectorBlock } from "../../../../../src/search/ranking/dots/vector-block";
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
});
