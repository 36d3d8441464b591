import {
  IngestImagesDocument,
  IngestTextsDocument,
  NodeDocument,
  StartIngestionDocument,
} from "../generated/operations";
import { plainBase64 } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.remove());

const nodeOf = async (id: string) => {
  const { data, errors } = await server.ask(NodeDocument, { id });
  expect(errors).toBeUndefined();
  return data.node;
};
const idOf = (result: { __typename: string; documentId?: string | number }) => String(result.documentId);

it("finds texts, pictures and ingestions again by their ids alone", async () => {
  const texts = await server.ask(IngestTextsDocument, { input: [{ text: "A red cat" }] });
  const image = { base64: await plainBase64([225, 35, 35]) };
  const images = await server.ask(IngestImagesDocument, { input: [{ image, caption: "Red" }] });
  const started = await server.ask(StartIngestionDocument, { input: { texts: [{ text: "A blue cat" }] } });
  const [textId, imageId] = [idOf(texts.data.ingestTexts.results[0]!), idOf(images.data.ingestImages.results[0]!)];
  const ingestionId = String(started.data.startIngestion.id);

  expect(await nodeOf(textId)).toMatchObject({ __typename: "TextDocument", id: textId, text: "A red cat" });
  expect(await nodeOf(imageId)).toMatchObject({ __typename: "ImageDocument", id: imageId, caption: "Red" });
  expect(await nodeOf(ingestionId)).toMatchObject({ __typename: "Ingestion", id: ingestionId, total: 1 });
});

it.each(["", "nonsense", "0".repeat(40), "0".repeat(32), "A".repeat(40)])(
  "finds nothing under %j, which is no fault",
  async (id) => {
    expect(await nodeOf(id)).toBeNull();
  },
);

it("reads what every document has from a node, as Relay's refetching does", async () => {
  const { data } = await server.ask(IngestTextsDocument, { input: [{ key: "k", text: "A green cat" }] });
  const id = idOf(data.ingestTexts.results[0]!);
  const answer = await server.ask<{ node: unknown }, { id: string }>(
    "query ($id: ID!) { node(id: $id) { id ... on StoredDocument { key } } }",
    { id },
  );
  expect(answer.data.node).toEqual({ id, key: "k" });
});
