import { readFileSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import { dataIn, runCli } from "../support/parallax-cli";
import { plainPng } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

jest.setTimeout(120_000);

const ORIGIN = "https://shop.example";
const HEIC = readFileSync(join(__dirname, "../fixtures/pictures/turned.heic"));

let server: TestServer;
let host: Server;
let hostUrl: string;
beforeAll(async () => {
  host = createServer((_, response) =>
    response.writeHead(200, { "content-type": "application/octet-stream" }).end(HEIC),
  ).listen(0, "127.0.0.1");
  await new Promise((resolve) => host.once("listening", resolve));
  hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}/photo`;
  const env = { CORS_ORIGINS: ORIGIN, FETCH_ALLOWED_HOSTS: "127.0.0.1" };
  server = await startTestServer({ env });
});
afterAll(async () => {
  host.close();
  await server.remove();
});

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly document?: {
    readonly id: string;
    readonly url: string;
    readonly thumbnailUrl: string;
    readonly mediaType: string;
  };
}

const INGEST = `mutation ($input: [ImageInput!]!) { ingestImages(input: $input) { results {
  __typename
  ... on Ingested { document { ... on ImageDocument { id url thumbnailUrl(width: 64) mediaType width height } } }
  ... on Duplicate { document { ... on ImageDocument { id url thumbnailUrl(width: 64) mediaType width height } } }
  ... on IngestFailure { code message }
} } }`;

async function ingest(image: object, key?: string): Promise<Result> {
  const { data, errors } = await server.ask<{ ingestImages: { results: Result[] } }, object>(INGEST, {
    input: [{ image, key }],
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.ingestImages.results[0]!;
}

async function stored(image: object, key?: string): Promise<NonNullable<Result["document"]>> {
  const { document, ...rest } = await ingest(image, key);
  if (document === undefined) throw new Error(JSON.stringify(rest));
  return document;
}

const png = async (shade: number) => ({ base64: (await plainPng([shade, 90, 90])).toString("base64") });
const statusOf = async (url: string) => (await fetch(url)).status;
const kept = async () =>
  (await readdir(join(server.folder, "media"), { recursive: true })).filter((name) => /\.\w+$/.test(name));
const remove = (where: string) => server.ask(`mutation { deleteDocuments(input: { where: ${where} }) { deleted } }`);

describe("a picture that no document shows any more", () => {
  it("is gone, thumbnails too, once another one is stored under its key", async () => {
    const before = await stored(await png(10), "replaced");
    expect(await Promise.all([before.url, before.thumbnailUrl].map(statusOf))).toEqual([200, 200]);
    const after = await stored(await png(20), "replaced");

    expect(await Promise.all([before.url, before.thumbnailUrl, after.url].map(statusOf))).toEqual([404, 404, 200]);
  });

  it("is gone once its document has become a text", async () => {
    const { url } = await stored(await png(30), "becomes a text");
    await server.ask(
      'mutation { ingestTexts(input: [{ text: "words", key: "becomes a text" }]) { results { __typename } } }',
    );

    expect(await statusOf(url)).toBe(404);
  });

  it("stays while another document shows it, and goes with the last one", async () => {
    const [one] = [await stored(await png(40), "one"), await stored(await png(40), "two")];
    await stored(await png(41), "one");
    expect(await statusOf(one.url)).toBe(200);
    await remove('{ key: { in: ["two"] } }');

    expect(await statusOf(one.url)).toBe(404);
  });

  it("is gone after a list was stored in the background that replaces it", async () => {
    const { url } = await stored(await png(50), "in the background");
    const start = `mutation ($image: ImageSource!) {
      startIngestion(input: { images: [{ key: "in the background", image: $image }] }) { id } }`;
    const { data } = await server.ask<{ startIngestion: { id: string } }, object>(start, { image: await png(51) });
    const ask = `{ ingestion(id: "${data.startIngestion.id}") { state } }`;
    const state = async () => (await server.ask<{ ingestion: { state: string } }, object>(ask)).data.ingestion.state;
    while ((await state()) !== "SUCCEEDED") await new Promise((resolve) => setTimeout(resolve, 50));

    expect(await statusOf(url)).toBe(404);
  });
});

describe("HEIC", () => {
  const looks = { width: 64, height: 96, mediaType: "image/jpeg" };

  it.each(["base64", "data: URL", "url", "upload"])("comes in by %s", async (way) => {
    await remove("{ modality: IMAGE }");
    const base64 = HEIC.toString("base64");
    const sources: Record<string, () => Promise<object>> = {
      base64: async () => ({ base64 }),
      "data: URL": async () => ({ base64: `data:image/heic;base64,${base64}` }),
      url: async () => ({ url: hostUrl }),
      upload: async () => ({ uploadId: await upload("image/heic", HEIC) }),
    };
    const document = await stored(await sources[way]!());

    expect(document).toMatchObject(looks);
    expect(await statusOf(document.thumbnailUrl)).toBe(200);
    const copy = Buffer.from(await (await fetch(document.url)).arrayBuffer());
    expect(await sharp(copy).metadata()).toMatchObject({ format: "jpeg", width: 64, height: 96 });
  });

  it("is searched with", async () => {
    await stored({ base64: HEIC.toString("base64") });
    const query = `query ($base64: String!) { searchByImage(input: { image: { base64: $base64 } }, first: 1) { nodes { ... on ImageHit { cosine } } } }`;
    const { data } = await server.ask<{ searchByImage: { nodes: { cosine: number }[] } }, object>(query, {
      base64: HEIC.toString("base64"),
    });

    expect(data.searchByImage.nodes[0]!.cosine).toBeGreaterThan(0.999);
  });

  async function upload(mediaType: string, body: Uint8Array): Promise<string> {
    const create = `mutation ($input: UploadInput!) { createUpload(input: $input) { id url } }`;
    const input = { mediaType, bytes: body.byteLength };
    const { data } = await server.ask<{ createUpload: { id: string; url: string } }, object>(create, { input });
    await fetch(data.createUpload.url, {
      method: "PUT",
      headers: { "content-type": mediaType },
      body: new Uint8Array(body),
    });
    return data.createUpload.id;
  }
});

it.each(["data:;base64,", "data:image/*;base64,", "DATA:IMAGE/PNG;BASE64,"])(
  "takes a data: URL that begins with %s as url and as base64",
  async (head) => {
    const url = `${head}${(await png(60)).base64}`;
    const [byUrl, byBase64] = [await stored({ url }), await stored({ base64: url })];

    expect(byBase64.id).toBe(byUrl.id);
  },
);

describe("pages of other origins", () => {
  const askFrom = (url: string, headers: Record<string, string>, method = "GET") => fetch(url, { method, headers });

  it("may read pictures and thumbnails when CORS_ORIGINS names them, and no others may", async () => {
    const { url, thumbnailUrl } = await stored(await png(70));
    for (const at of [url, thumbnailUrl]) {
      const [allowed, other, none] = await Promise.all(
        [{ origin: ORIGIN }, { origin: "https://evil.example" }, {}].map((headers) =>
          askFrom(at, headers as Record<string, string>),
        ),
      );
      const access = [allowed!, other!, none!].map(({ headers }) => headers.get("access-control-allow-origin"));
      expect(access).toEqual([ORIGIN, null, null]);
      for (const { headers, status } of [allowed!, other!, none!]) {
        expect([status, headers.get("vary")]).toEqual([200, expect.stringMatching(/\bOrigin\b/)]);
      }
    }
    const again = await askFrom(url, { origin: ORIGIN, "if-none-match": "*" });
    expect([again.status, again.headers.get("access-control-allow-origin")]).toEqual([304, ORIGIN]);
    const gone = await askFrom(url.replace(/\/[0-9a-f]{64}/, `/${"0".repeat(64)}`), { origin: ORIGIN });
    expect([gone.status, gone.headers.get("access-control-allow-origin")]).toEqual([404, ORIGIN]);
  });

  it("may ask beforehand", async () => {
    const { url } = await stored(await png(71));
    const headers = {
      origin: ORIGIN,
      "access-control-request-method": "GET",
      "access-control-request-headers": "range",
    };
    const answer = await askFrom(url, headers, "OPTIONS");

    expect([answer.status, answer.headers.get("access-control-allow-methods")]).toEqual([204, "GET,HEAD"]);
  });
});

// The last one: it stops the server.
it("tells by command what a crash left, and deletes it when told to", async () => {
  await remove("{ modality: IMAGE }");
  await stored(await png(80), "whole");
  const lost = await stored(await png(81), "lost");
  const media = join(server.folder, "media/default");
  const lostHash = /([0-9a-f]{64})\./.exec(lost.url)![1]!;
  await rm(join(media, lostHash.slice(0, 2), `${lostHash}.png`));
  const whole = (await kept()).length;
  const orphan = "ab".repeat(32);
  await mkdir(join(media, "ab"), { recursive: true });
  await writeFile(join(media, "ab", `${orphan}.png`), "left by a crash");
  await server.stop();
  const report = join(server.folder, "report.ndjson");
  const env = dataIn(server.folder);

  const found = await runCli(["audit", "--report", report], env);
  expect(found).toMatchObject({ code: 2, err: expect.stringContaining("Opening the Milvus Lite") });
  expect(found.out).toContain("2 documents with a picture: 1 of them are without it");
  expect(found.out).toContain("1 files of pictures belong to no document");
  const lines = readFileSync(report, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ fault: "missing", key: "lost", contentHash: lostHash }),
    { fault: "orphan", contentHash: orphan, mediaType: "image/png" },
  ]);
  expect(await kept()).toHaveLength(whole + 1);
  const deleted = await runCli(["audit", "--delete"], env);
  expect([deleted.code, deleted.out]).toEqual([2, expect.stringContaining("1 were deleted")]);
  expect(await kept()).toHaveLength(whole);
});
