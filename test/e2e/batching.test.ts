import { setTimeout as pause } from "node:timers/promises";
import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { pino } from "pino";
import { IngestTextsDocument } from "../generated/operations";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
const logged: { msg: string; items?: number; runs?: number }[] = [];

beforeAll(async () => {
  const log = pino({ level: "debug" }, { write: (line) => void logged.push(JSON.parse(line)) });
  server = await startTestServer({ log });
  await server.ask(IngestTextsDocument, { input: [{ text: "A red cat" }, { text: "A blue dog" }] });
  // The ranking looks at what was stored a moment later, and from then on at nothing by itself.
  while ((await calibratedTexts()) < 2) await pause(50);
});
afterAll(() => server.remove());

const calibratedTexts = async () => {
  const { data } = await server.ask<{ collection: { calibration: { texts: number } } }, object>(
    "{ collection { calibration { texts } } }",
  );
  return data.collection.calibration.texts;
};
const modelRuns = () => logged.filter(({ msg }) => msg === "The model ran").map(({ items, runs }) => ({ items, runs }));
const aliases = (texts: string[]) =>
  `{ ${texts.map((text, i) => `s${i}: searchByText(input: { text: ${JSON.stringify(text)} }) { nodes { __typename } }`).join("\n")} }`;

it("makes one model batch and one Milvus search a modality of 20 searches in one request", async () => {
  // From then on the documents' cosines with the means are known.
  await server.ask(aliases(["any animal"]));
  logged.length = 0;
  const search = jest.spyOn(MilvusClient.prototype, "search");
  const texts = Array.from({ length: 20 }, (_, i) => `an animal, number ${i}`);
  const { data } = await server.ask<Record<string, { nodes: unknown[] }>, unknown>(aliases(texts));
  expect(Object.values(data).map(({ nodes }) => nodes.length)).toEqual(texts.map(() => 2));
  expect(modelRuns()).toEqual([{ items: 20, runs: 1 }]);
  expect(search).toHaveBeenCalledTimes(2);
  search.mockRestore();
});

it("asks the model nothing for queries that it has answered before", async () => {
  await server.ask(aliases(["a cat"]));
  logged.length = 0;
  await server.ask(aliases(["a cat", "a cat"]));
  expect(modelRuns()).toEqual([]);
});

it("makes one read of documents asked for side by side", async () => {
  const query = jest.spyOn(MilvusClient.prototype, "query");
  const ids = Array.from({ length: 10 }, (_, i) => String(i).repeat(40));
  await server.ask(`{ ${ids.map((id, i) => `d${i}: document(id: "${id}") { __typename }`).join("\n")} }`);
  expect(query).toHaveBeenCalledTimes(1);
  query.mockRestore();
});

it("refuses more aliases than one request may have", async () => {
  const answer = await server.ask(aliases(Array.from({ length: 101 }, (_, i) => `query ${i}`)));
  expect(answer.errors![0]!.message).toMatch(/alias/i);
});

it("says why it does not check an operation that names a field too often", async () => {
  const answer = await server.ask(`{ collection { ${"name ".repeat(2_000)} } }`);
  expect(answer.errors![0]).toMatchObject({ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
  expect(answer.errors![0]!.message).toMatch(/too often/);
});

describe("a request's cost", () => {
  const duplicates = (first: number, inner: string) =>
    `{ documents(first: ${first}) { nodes { ... on StoredDocument { nearDuplicates(first: 100, minCosine: 0) { document { ${inner} } } } } } }`;
  const costly = duplicates(300, "nearDuplicates(first: 100) { cosine }");

  it("is counted before it runs: one over the budget is refused, and says what cost what", async () => {
    const calls = [jest.spyOn(MilvusClient.prototype, "search"), jest.spyOn(MilvusClient.prototype, "query")];
    const { status, errors } = await server.ask(costly);
    expect([status, errors![0]!.extensions]).toEqual([400, { code: "COST_EXCEEDED", retryable: false }]);
    expect(errors![0]!.message).toMatch(
      /costs \d+ points and may cost 10000: .*`documents\.nodes\.nearDuplicates` \d+/,
    );
    for (const call of calls) expect(call).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  it("holds over server-sent events as well", async () => {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    const body = JSON.stringify({ query: costly });
    const answer = await (await fetch(`${server.url}/graphql/stream`, { method: "POST", headers, body })).text();
    expect(answer).toContain('"code":"COST_EXCEEDED"');
  });

  it("is told where it is asked for, and nowhere else", async () => {
    const ask = async (extensions: object) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query: "{ collection { name } }", extensions });
      const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
      return (await response.json()) as { extensions?: object };
    };
    expect((await ask({ cost: true })).extensions).toEqual({
      cost: {
        total: 10.1,
        budget: 10_000,
        parts: [
          { path: "collection", cost: 10.1 },
          { path: "collection.name", cost: 0.1 },
        ],
      },
    });
    expect((await ask({})).extensions).toBeUndefined();
  });

  it("counts no field beside one that a null makes fail", async () => {
    const query = `query ($id: ID = "x") { document(id: $id) { __typename } ${costly.slice(1)}`;
    expect((await server.ask(query, { id: null })).errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("goes along with a few store calls for each level of lists within lists", async () => {
    await server.ask(IngestTextsDocument, {
      input: Array.from({ length: 100 }, (_, i) => ({ text: `A cat, number ${i}` })),
    });
    const search = jest.spyOn(MilvusClient.prototype, "search");
    const { data, errors } = await server.ask<{ documents: { nodes: unknown[] } }, object>(
      "{ documents(first: 80) { nodes { ... on StoredDocument { nearDuplicates(first: 2, minCosine: 0) { document { nearDuplicates(first: 2) { cosine } } } } } } }",
    );
    expect([errors, data.documents.nodes.length]).toEqual([undefined, 80]);
    // For 240 searches.
    expect(search.mock.calls.length).toBeLessThan(240 / 4);
    jest.restoreAllMocks();
  });
});
