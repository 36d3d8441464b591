import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { freePort } from "../browser/free-port";
import { startApiStub, type ApiStub } from "../support/remote/api-stub";
import { startTestServer, type TestServer } from "../support/server";

const SECRET = "a-secret-between-the-two";
const STORE_TEXTS = `mutation ($items: [TextInput!]!) { ingestTexts(input: $items) { results {
  ... on Ingested { documentId } ... on IngestFailure { code retryable } } } }`;
const STORE_IMAGES = `mutation ($items: [ImageInput!]!) { ingestImages(input: $items) { results {
  ... on Ingested { documentId } ... on IngestFailure { code retryable } } } }`;
const SEARCH = `query ($text: String!) { searchByText(input: { text: $text }, first: 5) { nodes { ... on RankedHit { score document { id } } } } }`;

interface Stored {
  readonly results: readonly { documentId?: string; code?: string; retryable?: boolean }[];
}
interface Found {
  readonly searchByText: { readonly nodes: readonly { score: number; document: { id: string } }[] };
}

const square = async (background: string) => {
  const file = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
  return { image: { base64: file.toString("base64") } };
};
const storeTexts = async (server: TestServer, ...texts: string[]) => {
  const { data } = await server.ask<{ ingestTexts: Stored }, object>(STORE_TEXTS, {
    items: texts.map((text) => ({ text })),
  });
  return data.ingestTexts.results;
};
const storeImage = async (server: TestServer, background: string) => {
  const { data } = await server.ask<{ ingestImages: Stored }, object>(STORE_IMAGES, {
    items: [await square(background)],
  });
  return data.ingestImages.results[0]!;
};
const search = async (server: TestServer, text: string) => {
  const { data } = await server.ask<Found, object>(SEARCH, { text });
  return data.searchByText.nodes.map(({ score, document }) => [document.id, score.toFixed(4)]);
};

describe("a server whose model is another server's", () => {
  let far: TestServer;
  let near: TestServer;
  beforeAll(async () => {
    far = await startTestServer({ env: { ENCODER_SECRET: SECRET } });
    near = await startTestServer({ env: { MODEL: far.url, MODEL_API_KEY: SECRET } });
  });
  afterAll(async () => {
    await near?.remove();
    await far?.remove();
  });

  it("stores and finds as if the model were its own, and goes on with its own", async () => {
    const texts = await storeTexts(near, "A red house.", "A green tree.", "A blue boat.");
    const image = await storeImage(near, "red");
    expect([...texts, image].every(({ documentId }) => documentId !== undefined)).toBe(true);
    const found = await search(near, "a red house");
    expect(found[0]![0]).toBe(texts[0]!.documentId);
    await near.stop();
    near = await startTestServer({ folder: near.folder, env: { MODEL: "mini-clip" } });
    expect((await search(near, "a red house"))[0]).toEqual([texts[0]!.documentId, expect.any(String)]);
    // Stored already: the same content, whoever encoded it.
    expect(await storeTexts(near, "A red house.")).toEqual([{}]);
  });
});

describe("a server whose model is away", () => {
  let far: TestServer;
  let near: TestServer;
  let farEnv: Record<string, string>;
  beforeAll(async () => {
    farEnv = { ENCODER_SECRET: SECRET, PORT: String(await freePort()) };
    far = await startTestServer({ env: farEnv });
    near = await startTestServer({
      env: { MODEL: far.url, MODEL_API_KEY: SECRET, ENCODER_DEADLINE_MS: "6000" },
    });
    await far.stop();
  });
  afterAll(async () => {
    await near?.remove();
    await far?.remove();
  });

  it("fails searches and items with a reason, and is itself again once the model is back", async () => {
    expect(await storeTexts(near, "A red house.")).toEqual([{ code: "ENCODER_UNAVAILABLE", retryable: true }]);
    const { errors } = await near.ask<Found, object>(SEARCH, { text: "a red house" });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "ENCODER_UNAVAILABLE", retryable: true });
    expect((await fetch(`${near.url}/ready`)).status).toBe(503);
    far = await startTestServer({ folder: far.folder, env: farEnv });
    expect((await fetch(`${near.url}/ready`)).status).toBe(200);
    expect((await storeTexts(near, "A red house."))[0]!.documentId).toBeDefined();
  });
});

describe("a server whose model takes texts alone", () => {
  let stub: ApiStub;
  let server: TestServer;
  beforeAll(async () => {
    stub = await startApiStub({ protocol: "openai", dimension: 64 });
    server = await startTestServer({ env: { MODEL: stub.url, MODEL_NAME: "made-up-clip" } });
  });
  afterAll(async () => {
    await server?.remove();
    await stub.stop();
  });

  it("stores and finds texts, and refuses pictures for good", async () => {
    const [text] = await storeTexts(server, "some words", "other words");
    expect((await search(server, "some words"))[0]![0]).toBe(text!.documentId);
    expect(await storeImage(server, "red")).toEqual({ code: "PICTURES_UNSUPPORTED", retryable: false });
  });

  it("does not start where an API of that name gives other vectors by now, nor measures it", async () => {
    await server.stop();
    const calibrations = join(server.folder, "cache/calibration");
    expect(existsSync(calibrations)).toBe(true);
    rmSync(calibrations, { recursive: true });
    const drifted = await startApiStub({ protocol: "openai", dimension: 64, drifted: true });
    const start = (url: string) =>
      startTestServer({ folder: server.folder, env: { MODEL: url, MODEL_NAME: "made-up-clip" } });
    await expect(start(drifted.url)).rejects.toMatchObject({
      code: "MODEL_DRIFTED",
      message: expect.stringMatching(/at least 0\.98 is expected.*behind its name/),
    });
    await drifted.stop();
    expect(existsSync(calibrations)).toBe(false);
    server = await start(stub.url);
    expect(await search(server, "some words")).not.toEqual([]);
  });
});
