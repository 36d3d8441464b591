import { getIntrospectionQuery, parse } from "graphql";
import { requestCost } from "../../../../src/graphql/cost/request-cost";
import { readSampleOperations } from "../../../../src/graphql/contract/sample-operations";
import { buildSchema } from "../../../../src/graphql/schema";
import { DEFAULT_LIMITS } from "../../../../src/documents/limits";

const schema = buildSchema();
const costOf = (query: string, variables: Record<string, unknown> = {}) =>
  requestCost({ schema, document: parse(query), operationName: null, variables }, DEFAULT_LIMITS);
const totalOf = (query: string, variables?: Record<string, unknown>) => costOf(query, variables).total;

it("multiplies through lists within lists", () => {
  const nested = (outer: number, inner: number) =>
    totalOf(
      `{ documents(first: ${outer}) { nodes { ... on StoredDocument { nearDuplicates(first: ${inner}) { cosine } } } } }`,
    );
  // 20 for the page; a document, a search, and inner times a near duplicate with a field.
  expect(nested(1, 1)).toBeCloseTo(20 + 1 + 10 + 1.1 + 0.1, 0);
  expect(nested(10, 1) - 20).toBeCloseTo(10 * (nested(1, 1) - 20), 0);
  expect(nested(10, 100) - nested(10, 50)).toBeCloseTo(10 * 50 * 1.1, 0);
});

it("counts an answer as more than anything else, the same way whether it streams", () => {
  const answer = (inner: string) => `answer(input: { question: "Why?" }) { ${inner} }`;
  const one = totalOf(`{ ${answer("text")} }`);
  expect(one).toBeGreaterThan(1_000);
  expect(one).toBeLessThan(2_000);
  expect(totalOf(`subscription { ${answer("... on Answer { text }")} }`)).toBeCloseTo(one, 0);
  const deep = totalOf(
    `{ ${answer("citations { document { ... on StoredDocument { nearDuplicates(first: 10) { cosine } } } }")} }`,
  );
  expect(deep - one).toBeGreaterThan(100 * 10);
});

it("counts aliases each, and a fragment as what it stands for", () => {
  const one = totalOf("{ a: documents { nodes { ... on StoredDocument { id key } } } }");
  const asked = "documents { nodes { ...F } }";
  const fragment = "fragment F on StoredDocument { id key }";
  expect(totalOf(`{ a: ${asked} } ${fragment}`)).toBe(one);
  expect(totalOf(`{ a: ${asked} b: ${asked} c: ${asked} } ${fragment}`)).toBeCloseTo(3 * one, 5);
});

it("takes the variables as they are sent, defaults for what is missing and null", () => {
  const query = "query ($n: Int) { documents(first: $n) { nodes { __typename } } }";
  expect(totalOf(query, { n: 1_000 })).toBeGreaterThan(1_000);
  expect(totalOf(query, { n: null })).toBe(totalOf(query, {}));
  expect(totalOf(query, { n: 20 })).toBe(totalOf(query, {}));
});

it("counts texts that are stored by their lengths, since long ones are many passages to embed", () => {
  const query = "mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { results { __typename } } }";
  const stored = (length: number, count = 1) =>
    totalOf(query, { input: Array.from({ length: count }, () => ({ text: "a".repeat(length) })) });
  expect(stored(10_000) - stored(0)).toBeCloseTo(250, 5);
  expect(stored(10_000, 3) - stored(0, 3)).toBeCloseTo(750, 5);
  expect(stored(99)).toBe(stored(0));
  // Too long to be stored: it is refused alone, and the others of its call are not.
  expect(stored(60_001)).toBe(stored(0));
  expect(stored(60_000) - stored(0)).toBeCloseTo(1_500, 5);
});

it("counts what is left out as nothing, and the costlier of two types", () => {
  const skipped =
    "query ($no: Boolean = false) { collection { name } documents(first: 1000) @include(if: $no) { nodes { __typename } } }";
  expect(totalOf(skipped)).toBeLessThan(20);
  const [text, image] = ["... on TextDocument { text }", "... on ImageDocument { url caption width }"];
  const list = (inner: string) => totalOf(`{ documents { nodes { ${inner} } } }`);
  expect(list(`${text} ${image}`)).toBe(list(image));
});

it("counts what searches, ingestions and pictures make the server do", () => {
  const search = (input: string, first = 5) =>
    totalOf(`{ search(input: { ${input} }, first: ${first}) { nodes { __typename } } }`);
  const text = (content: string) => `{ content: { text: "${content}" } }`;
  expect(search(`parts: [${text("a")}, ${text("b")}]`) - search(`parts: [${text("a")}]`)).toBe(41);
  expect(search(`parts: [${text("a")}], groupBy: { metadataKey: "n" }`)).toBeGreaterThan(1_000);
  expect(search(`parts: [${text("a")}]`, 1_000)).toBeGreaterThan(1_000);
  const ingest = "mutation ($input: [ImageInput!]!) { ingestImages(input: $input) { results { __typename } } }";
  expect(totalOf(ingest, { input: Array.from({ length: 100 }, () => ({ image: { base64: "x" } })) })).toBeGreaterThan(
    3_000,
  );
  expect(totalOf('{ documents(where: { id: { in: ["a", "b", "c", "d", "e"] } }) { nodes { __typename } } }')).toBe(
    totalOf("{ documents { nodes { __typename } } }") + 2,
  );
});

it("tells the costliest fields first, by their way from the root", () => {
  const { total, budget, parts } = costOf(
    "{ collection { name } mine: documents(first: 300) { nodes { ... on StoredDocument { nearDuplicates(first: 100) { cosine } } } } }",
  );
  expect(budget).toBe(DEFAULT_LIMITS.maxRequestCost);
  expect(parts.map(({ path }) => path).slice(0, 3)).toEqual([
    "mine: documents",
    "mine: documents.nodes",
    "mine: documents.nodes.nearDuplicates",
  ]);
  expect(parts[0]!.cost).toBeLessThan(total);
  expect(parts[2]!.cost).toBeCloseTo(300 * (10 + 100 * 1.1), 0);
});

it("gives up on what is too large to count", () => {
  const doubling = Array.from({ length: 40 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`);
  const query = `{ ...f0 } ${doubling.join(" ")} fragment f40 on Query { collection { name } }`;
  expect(() => costOf(query)).toThrow(expect.objectContaining({ code: "COST_EXCEEDED" }));
});

it("leaves room for the schema, for every sample operation, and for whole pages", async () => {
  const most = DEFAULT_LIMITS.maxRequestCost;
  expect(totalOf(getIntrospectionQuery())).toBeLessThan(most / 2);
  for (const operation of await readSampleOperations()) {
    const variables = operation.includes("$id: ID!") ? { id: "x" } : {};
    expect([operation, totalOf(operation, variables) < most / 2]).toEqual([operation, true]);
  }
  const fields = "... on StoredDocument { id key metadata createdAt } ... on TextDocument { text truncated }";
  expect(totalOf(`{ documents(first: 1000) { nodes { ${fields} } } }`)).toBeLessThan(most);
});

it("refuses variables that do not fit by the first that does not, however many there are", () => {
  const query = "query ($all: [DocumentFilter!]!) { documents(where: { all: $all }) { nodes { __typename } } }";
  const refused = () => costOf(query, { all: Array.from({ length: 100_000 }, () => null) });
  expect(refused).toThrow('invalid value null at "all[0]"');
});
