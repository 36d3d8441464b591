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
});
afterAll(() => server.remove());

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
