import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { getNamedType, isCompositeType, isObjectType, type GraphQLField } from "graphql";
import type { EmbeddedDocument } from "../../src/documents/document";
import { pageMetadata } from "../../src/documents/pdf-page";
import { buildSchema } from "../../src/graphql/schema";
import { imageDocument, randomNumbers, randomVector, textDocument } from "../support/documents";
import { SearchStage, type Hit } from "../support/search-stage";

const stage = new SearchStage(true);
const schema = buildSchema();
const random = randomNumbers(3);
const LONG = Array.from({ length: 200 }, (_, i) => `A red cat sleeps in room ${i}.`).join(" ");
const PAGE = { pdf: "a".repeat(64), title: "Cats", page: 2, pages: 9 };
const QUERY = `parts: [{ content: { text: "a red cat" } }]`;

/** Documents of which no field is empty, so that one which was not fetched cannot look like them. */
function fullDocuments(dimension: number): EmbeddedDocument[] {
  const given = (key: string) => ({
    key,
    metadata: { ...pageMetadata(PAGE), shelf: key },
    vector: randomVector(random, dimension),
  });
  const text = textDocument("Of cats and dogs", given("full text"));
  const image = imageDocument("cat", { ...given("full picture"), caption: "a cat" });
  return [
    { ...text, document: { ...text.document, truncated: true } as EmbeddedDocument["document"] },
    { ...image, document: { ...image.document, sourceUrl: "https://example.org/cat.png" } as typeof image.document },
  ];
}

beforeAll(async () => {
  await stage.start({});
  await stage.addTexts(["A red cat", "A blue dog"].map((text) => ({ text, metadata: { shelf: 1 } })));
  await stage.addTexts([{ text: LONG, metadata: { shelf: 2 } }]);
  await stage.addPictures([{ drawing: "black-bird-noto", caption: "A bird", metadata: { shelf: 1 } }]);
  await stage.restart((store) => store.upsert(fullDocuments(store.fingerprint.dimension)));
}, 120_000);
afterAll(() => stage.stop());

/** A field as a client would select it. */
function selected(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return field.name;
  if (!isObjectType(type)) throw new Error(`${field.name} is of many types`);
  const leaves = Object.values(type.getFields()).filter((one) => !isCompositeType(getNamedType(one.type)));
  return `${field.name} { ${leaves.map(({ name }) => name).join(" ")} }`;
}

const fieldsOf = (name: string) => {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.values(type.getFields()).map((field) => [name, selected(field)] as const) : [];
};

async function ask<T>(query: string): Promise<T> {
  const { data, errors } = await stage.server.ask<T, object>(query);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

interface Found {
  readonly search: { readonly nodes: readonly (Partial<Hit> & { readonly document?: { readonly id: string } })[] };
}

interface PassageHit {
  readonly passage: { readonly text: string; readonly start: number; readonly end: number };
  readonly document: { readonly id: string };
}

interface Passages {
  readonly search: { readonly nodes: readonly Partial<PassageHit>[] };
}

describe("a search fetches what is selected", () => {
  it.each([...fieldsOf("TextDocument"), ...fieldsOf("ImageDocument")])("of a %s alone: %s", async (type, selection) => {
    const hit = type.replace("Document", "Hit");
    const asked = `... on ${hit} { document { id ${selection} } }`;
    const { search } = await ask<Found>(`{ search(input: { ${QUERY} }, first: 10) { nodes { ${asked} } } }`);
    const documents = search.nodes.flatMap(({ document }) => (document ? [document] : []));
    const aliases = documents.map(({ id }, i) => `d${i}: document(id: "${id}") { ... on ${type} { id ${selection} } }`);
    expect(documents.length).toBeGreaterThan(1);
    expect(documents).toEqual(Object.values(await ask<object>(`{ ${aliases.join(" ")} }`)));
  });

  it("under fragments, other names and edges, too", async () => {
    const { found } = await ask<{ found: { edges: { node: { what: Record<string, unknown> } }[] } }>(
      `{ found: search(input: { ${QUERY} }, first: 10) { edges { node { ... on RankedHit { what: document { ...Named } } } } } }
       fragment Named on StoredDocument { ...Keyed ... on TextDocument { words: text } ... on ImageDocument { said: caption } }
       fragment Keyed on StoredDocument { name: key }`,
    );
    const documents = found.edges.map(({ node }) => node.what);
    expect(documents).toContainEqual({ name: "full text", words: "Of cats and dogs" });
    expect(documents).toContainEqual({ name: "full picture", said: "a cat" });
  });

  it("and the words of a passage", async () => {
    const nodes = "nodes { ... on TextHit { passage { text start end } document { id } } }";
    const found = await ask<Passages>(`{ search(input: { ${QUERY} }, first: 10) { ${nodes} } }`);
    const [{ passage, document }] = found.search.nodes.filter((one) => one.passage) as [PassageHit];
    const { text } = await ask<{ text: { text: string } }>(
      `{ text: document(id: "${document.id}") { ... on TextDocument { text } } }`,
    );
    expect(passage.text).toBe(text.text.slice(passage.start, passage.end));
    expect(passage.text).not.toBe("");
  });

  it("and no other field", async () => {
    const search = jest.spyOn(MilvusClient.prototype, "search");
    const nodes = "nodes { ... on TextHit { document { text } } ... on ImageHit { document { id url } } }";
    await ask(`{ search(input: { ${QUERY} }) { ${nodes} } }`);
    const columns = search.mock.calls.map(([asked]) => (asked as { output_fields: string[] }).output_fields);
    search.mockRestore();
    const ofDocuments = columns.filter((names) => names.includes("content_hash"));
    // Of texts and pictures in one call.
    expect(ofDocuments).toEqual([["id", "content_hash", "text", "media_type"]]);
  });

  it.each([
    ["groups", `${QUERY}, groupBy: { metadataKey: "shelf" }`],
    ["keywords", `${QUERY}, keywords: "cat bird"`],
    ["diversity", `${QUERY}, diversity: 0.5`],
    ["a filter", `${QUERY}, where: { metadata: { key: "shelf", is: { equals: 1 } } }`],
  ])("besides what %s look at", async (_, input) => {
    const of = (selection: string) =>
      ask<Found>(`{ search(input: { ${input} }, first: 10) { nodes { ${selection} } } }`);
    const hit = "__typename ... on RankedHit { rank score group }";
    const whole = await of(`${hit} ... on RankedHit { document { id key metadata createdAt } }`);
    const bare = await of(hit);
    expect(whole.search.nodes.length).toBeGreaterThan(1);
    expect(whole.search.nodes).toMatchObject(bare.search.nodes);
  });
});
