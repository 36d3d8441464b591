import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  CollectionDocument,
  DocumentsDocument,
  IngestImagesDocument,
  IngestionDocument,
  IngestTextsDocument,
  SearchByImageDocument,
  SearchByTextDocument,
  SearchDocument,
  StartIngestionDocument,
} from "../generated/operations";
import { familyFolder } from "../support/models";
import { plainBase64 } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env: { MODEL: familyFolder("text-cls") } });
});
afterAll(() => server.remove());

const REFUSAL = "The model text-cls takes texts only. Send a text, or use a server whose model takes pictures.";

it("says that it takes texts only", async () => {
  const { data } = await server.ask(CollectionDocument, {});
  expect(data.collection).toMatchObject({ model: "text-cls", modalities: ["TEXT"], dimension: 32 });
});

it("stores texts and finds them by text, in every ranking", async () => {
  const texts = ["a red cat sleeps on a blue chair", "two boats and three birds", "where can I find an umbrella?"];
  await server.ask(IngestTextsDocument, { input: texts.map((text) => ({ text })) });
  for (const ranking of ["CALIBRATED", "RRF", "INTERLEAVED", "COSINE"] as const) {
    const { data, errors } = await server.ask(SearchByTextDocument, { input: { text: texts[0]!, ranking }, first: 5 });
    expect(errors).toBeUndefined();
    expect(data.searchByText.nodes).toHaveLength(3);
    expect(data.searchByText.nodes.every(({ score }) => Number.isFinite(score))).toBe(true);
  }
});

it("finds what is like a stored text", async () => {
  const { data } = await server.ask(DocumentsDocument, {});
  const content = { documentId: data.documents.nodes[0]!.id };
  const found = await server.ask(SearchDocument, { input: { parts: [{ content }] }, first: 2 });
  expect(found.errors).toBeUndefined();
  expect(found.data.search.nodes).toHaveLength(2);
});

it("refuses to search by a picture, before it is looked at", async () => {
  const pictures = [{ base64: await plainBase64([1, 2, 3]) }, { base64: "no picture" }, { url: "http://10.0.0.1/x" }];
  for (const image of pictures) {
    const { errors } = await server.ask(SearchByImageDocument, { input: { image } });
    const extensions = { code: "PICTURES_UNSUPPORTED", retryable: false };
    expect(errors).toMatchObject([{ message: REFUSAL, extensions }]);
  }
});

it("refuses each picture that is to be stored", async () => {
  const image = { base64: await plainBase64([1, 2, 3]) };
  const { data } = await server.ask(IngestImagesDocument, { input: [{ image }, { image }] });
  const failure = { __typename: "IngestFailure", code: "PICTURES_UNSUPPORTED", message: REFUSAL };
  expect(data.ingestImages.results).toMatchObject([failure, failure]);
});

it("fails the pictures of a job in the background, at their first try, and stores its texts", async () => {
  const images = [{ image: { base64: await plainBase64([9, 9, 9]) } }];
  const { data } = await server.ask(StartIngestionDocument, { input: { texts: [{ text: "among pictures" }], images } });
  const ask = async () => (await server.ask(IngestionDocument, { id: data.startIngestion.id, states: null })).data;
  let { ingestion } = await ask();
  while (["QUEUED", "RUNNING"].includes(ingestion!.state)) {
    await pause(50);
    ({ ingestion } = await ask());
  }
  expect(ingestion).toMatchObject({ state: "COMPLETED_WITH_FAILURES", ingested: 1, failed: 1 });
  const picture = ingestion!.items.nodes.find(({ state }) => state === "FAILED");
  expect(picture).toMatchObject({ attempts: 1, outcome: { code: "PICTURES_UNSUPPORTED" } });
});

it("keeps its calibration, of texts alone, and takes it up again", async () => {
  const folder = join(server.folder, "cache/calibration");
  const [name] = await readdir(folder);
  const { general } = JSON.parse(await readFile(join(folder, name!), "utf8")) as {
    general: { queries: object; documents: object };
  };
  // With prompts, queries are not encoded as documents are.
  expect([Object.keys(general.queries), Object.keys(general.documents)]).toEqual([["text"], ["text"]]);
  server = await server.restart();
  const { data } = await server.ask(SearchByTextDocument, { input: { text: "a red cat" }, first: 1 });
  expect(data.searchByText.nodes).toHaveLength(1);
});
