import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import sharp from "sharp";
import {
  CreateUploadDocument,
  IngestImagesDocument,
  SearchByImageDocument,
  type UploadInput,
} from "../generated/operations";
import { plainPng } from "../support/pictures";
import { rawRequest } from "../support/put-upload";
import { startTestServer, type TestServer } from "../support/server";

const MIB = 1024 * 1024;
const ORIGIN = "http://localhost:5173";
let server: TestServer;
let png: Buffer;

beforeAll(async () => {
  server = await startTestServer({ env: { UPLOAD_IDLE_MS: "1000" } });
  png = await plainPng([220, 30, 30], 700, 350);
});
afterAll(() => server.remove());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const tryCreate = (input: UploadInput) => server.ask(CreateUploadDocument, { input });
async function create(input: UploadInput): Promise<{ id: string; url: string }> {
  const { data, errors } = await tryCreate(input);
  expect(errors).toBeUndefined();
  return data.createUpload;
}
const createPng = (bytes: Uint8Array = png) => create({ mediaType: "image/png", bytes: bytes.byteLength });

type Body = Uint8Array | AsyncIterable<Uint8Array>;

interface Answer {
  readonly status: number;
  readonly errors?: { message: string; extensions: { code: string; retryable: boolean } }[];
}
async function put(url: string, body: Body, headers: Record<string, string> = {}): Promise<Answer> {
  const init = { method: "PUT", body, headers: { "content-type": "image/png", ...headers }, duplex: "half" };
  const response = await fetch(url, init as unknown as RequestInit);
  return { status: response.status, ...((await response.json()) as object) };
}
const codeOf = ({ status, errors }: Answer) => [status, errors?.[0]?.extensions.code];

/** What the folder holds of uploads, unfinished ones included. */
const keptUploads = async (): Promise<string[]> =>
  readdir(join(server.folder, "media/default/uploads")).catch(() => []);
/** Whether an upload can be used. */
async function useOf(uploadId: string): Promise<string> {
  const { data } = await server.ask(IngestImagesDocument, { input: [{ image: { uploadId } }] });
  const [result] = data.ingestImages.results;
  return result!.__typename === "IngestFailure" ? result!.code : result!.__typename;
}

async function* piecesOf(pieces: number, piece: Uint8Array, pauseMs = 0): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < pieces; i++) {
    if (pauseMs > 0) await delay(pauseMs);
    yield piece;
  }
}

describe("a picture that is uploaded", () => {
  it("is ingested, found by, and served whole and small", async () => {
    const { id, url } = await create({ mediaType: "image/png", bytes: png.byteLength, sha256: sha256(png) });
    expect(await put(url, png)).toMatchObject({ status: 200, id });

    const { data } = await server.ask(IngestImagesDocument, { input: [{ image: { uploadId: id }, caption: "red" }] });
    const [result] = data.ingestImages.results;
    if (result?.__typename !== "Ingested" || result.document?.__typename !== "ImageDocument") throw new Error("not in");
    expect(result.document).toMatchObject({ width: 700, height: 350, caption: "red", sourceUrl: null });

    const found = await server.ask(SearchByImageDocument, { input: { image: { uploadId: id } } });
    expect(found.data.searchByImage.nodes[0]).toMatchObject({ document: { id: result.document.id } });

    const whole = await fetch(result.document.url);
    expect(whole.headers.get("content-type")).toBe("image/png");
    const small = await fetch(result.document.thumbnailUrl);
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect(await sharp(await small.arrayBuffer()).metadata()).toMatchObject({
      format: "webp",
      width: 256,
      height: 128,
    });
  });

  it("is served with headers that keep it and keep it quiet", async () => {
    const [picture] = (await imageUrls()) as [string];
    for (const url of [picture, `${picture}/128.webp`, `${picture}/64.avif`]) {
      const first = await fetch(url);
      const etag = first.headers.get("etag")!;
      expect(Object.fromEntries(first.headers)).toMatchObject({
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
        "content-disposition": expect.stringMatching(/^inline; filename="[0-9a-f]{64}(-\d+)?\.(png|webp|avif)"$/),
        "content-type": url.endsWith("webp") ? "image/webp" : url.endsWith("avif") ? "image/avif" : "image/png",
      });
      const again = await fetch(url, { headers: { "if-none-match": etag } });
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
      const head = await fetch(url, { method: "HEAD" });
      expect([head.status, head.headers.get("content-length")]).toEqual([200, first.headers.get("content-length")]);
      expect((await head.arrayBuffer()).byteLength).toBe(0);
    }
  });

  it.each([
    ["image/png", "application/octet-stream"],
    ["image/jpg", "image/jpg"],
    ["image/pjpeg", "application/octet-stream"],
    ["image/heic", "application/octet-stream"],
  ])(
    "is announced as browsers call it, %s, and sent so or as bytes alone, %s: its bytes decide",
    async (mediaType, sent) => {
      const { id, url } = await create({ mediaType, bytes: png.byteLength });
      expect(await put(url, png, { "content-type": sent })).toMatchObject({ status: 200, id });
      const { data } = await server.ask(SearchByImageDocument, { input: { image: { uploadId: id } } });

      expect(data.searchByImage.nodes).not.toHaveLength(0);
    },
  );

  it("loses its thumbnails when it is deleted", async () => {
    const [picture] = (await imageUrls()) as [string];
    expect((await fetch(`${picture}/64.webp`)).status).toBe(200);
    await server.ask("mutation { deleteDocuments(input: { where: { modality: IMAGE } }) { deleted } }");
    expect((await fetch(`${picture}/64.webp`)).status).toBe(404);
    expect((await fetch(picture)).status).toBe(404);
  });

  it("is refused a thumbnail of a width that is none of ours", async () => {
    const hash = "a".repeat(64);
    for (const name of ["255.webp", "256.png", "99999.webp", "0.webp", "256.webp", "../../x"]) {
      expect((await fetch(`${server.url}/media/default/${hash}.png/${name}`)).status).toBe(404);
    }
  });

  async function imageUrls(): Promise<string[]> {
    const query = "{ documents(where: { modality: IMAGE }) { nodes { ... on ImageDocument { url } } } }";
    return (await server.ask<{ documents: { nodes: { url: string }[] } }, object>(query)).data.documents.nodes.map(
      ({ url }) => url,
    );
  }
});

it("gives thumbnails' addresses in the next width, of both formats, and refuses widths out of range", async () => {
  const { id, url } = await createPng();
  await put(url, png);
  await useOf(id);
  const ask = (args: string) =>
    server.ask<{ documents: { nodes: { thumbnailUrl: string }[] } }, object>(
      `{ documents(where: { modality: IMAGE }) { nodes { ... on ImageDocument { thumbnailUrl${args} } } } }`,
    );
  const addresses = ["", "(width: 1)", "(width: 257, format: AVIF)", "(width: 2048)"].map(async (args) =>
    (await ask(args)).data.documents.nodes[0]!.thumbnailUrl.split("/").at(-1),
  );
  expect(await Promise.all(addresses)).toEqual(["256.webp", "64.webp", "384.avif", "2048.webp"]);
  for (const width of [0, -1, 2_049]) {
    expect((await ask(`(width: ${width})`)).errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
  }
});

it.each<[string, UploadInput, string]>([
  ["another media type", { mediaType: "image/svg+xml", bytes: 10 }, "BAD_USER_INPUT"],
  ["no bytes", { mediaType: "image/png", bytes: 0 }, "BAD_USER_INPUT"],
  ["fewer than none", { mediaType: "image/png", bytes: -5 }, "BAD_USER_INPUT"],
  ["a picture over its limit", { mediaType: "image/png", bytes: 20 * MIB + 1 }, "TOO_LARGE"],
  ["a list over its limit", { mediaType: "text/csv", bytes: 256 * MIB + 1 }, "TOO_LARGE"],
  ["a hash that is none", { mediaType: "text/csv", bytes: 1, sha256: "x".repeat(64) }, "BAD_USER_INPUT"],
])("lets nobody announce %s", async (_what, input, code) => {
  expect((await tryCreate(input)).errors![0]!.extensions.code).toBe(code);
});

describe("a PUT is refused, and nothing kept, when", () => {
  let keptBefore: string[];
  beforeEach(async () => {
    keptBefore = await keptUploads();
  });
  afterEach(async () => {
    const keptAfter = await keptUploads();
    if (keptAfter.join() !== keptBefore.join()) throw new Error(`kept: ${keptAfter.join()}`);
  });

  it("there are more bytes than announced, said so or not", async () => {
    const { id, url } = await createPng();
    const more = Buffer.concat([png, png]);
    expect(codeOf(await put(url, more))).toEqual([413, "TOO_LARGE"]);
    expect(codeOf(await put(url, piecesOf(2, png)))).toEqual([413, "TOO_LARGE"]);
    expect(await useOf(id)).toBe("UPLOAD_NOT_FOUND");
  });

  it("there are fewer bytes than announced, said so or not", async () => {
    const { id, url } = await create({ mediaType: "image/png", bytes: png.byteLength + 1 });
    expect(codeOf(await put(url, png))).toEqual([400, "INVALID_UPLOAD"]);
    expect(codeOf(await put(url, piecesOf(1, png)))).toEqual([400, "INVALID_UPLOAD"]);
    expect(await useOf(id)).toBe("UPLOAD_NOT_FOUND");
  });

  it("the bytes are others than announced", async () => {
    const { id, url } = await create({ mediaType: "image/png", bytes: png.byteLength, sha256: "0".repeat(64) });
    expect(codeOf(await put(url, png))).toEqual([400, "INVALID_UPLOAD"]);
    expect(await useOf(id)).toBe("UPLOAD_NOT_FOUND");
  });

  it("the Content-Type is another", async () => {
    const { url } = await createPng();
    for (const type of ["image/jpeg", "", "text/html", "image/png2"]) {
      expect(codeOf(await put(url, png, { "content-type": type }))).toEqual([415, "INVALID_UPLOAD"]);
    }
  });

  it("the URL is not as it was given", async () => {
    const [{ url }, other] = [await createPng(), await createPng()];
    const changed = [
      url.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")),
      url.replace(/expires=\d+/, `expires=${Date.now() + 1e9}`),
      url.replace(/[0-9a-f]{32}\?/, `${other.id}?`),
      url.replace("/default/", "/b/"),
      url.replace(/&signature.*/, ""),
      url.replace(/signature=.*/, "signature="),
      `${url}&x=1`,
      `${server.url}/uploads/`,
      `${server.url}/uploads/..%2f..%2fetc/passwd`,
      `${server.url}/uploads/default/${"0".repeat(32)}?expires=99999999999999&signature=${"0".repeat(64)}`,
    ];
    for (const one of changed) expect(codeOf(await put(one, png))).toEqual([403, "INVALID_UPLOAD"]);
  });

  it("the method is another", async () => {
    const { url } = await createPng();
    for (const method of ["GET", "POST", "DELETE"]) {
      const response = await fetch(url, { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "PUT, OPTIONS"]);
    }
  });

  it("the sender breaks off", async () => {
    const { id, url } = await createPng();
    const request = await rawRequest(url, { "content-type": "image/png", "content-length": String(png.byteLength) });
    request.send(png.subarray(0, 100));
    await delay(200);
    request.socket.destroy();
    await delay(300);
    expect(await useOf(id)).toBe("UPLOAD_NOT_FOUND");
  });

  it("the sender stops sending", async () => {
    const { id, url } = await createPng();
    const request = await rawRequest(url, { "content-type": "image/png", "content-length": String(png.byteLength) });
    request.send(png.subarray(0, 100));
    const { status, text } = await request.answer();
    expect([status, text]).toEqual([400, expect.stringContaining("too slowly")]);
    expect(text).toContain('"retryable":true');
    expect(await useOf(id)).toBe("UPLOAD_NOT_FOUND");
    request.socket.destroy();
  });
});

it("lets a sender be slow who does not stop", async () => {
  const { url } = await create({ mediaType: "text/csv", bytes: 40 });
  const slow = piecesOf(4, Buffer.alloc(10, 97), 500);
  expect((await put(url, slow, { "content-type": "Text/CSV; charset=utf-8" })).status).toBe(200);
});

it("takes the same bytes again, and no others", async () => {
  const { id, url } = await createPng();
  const other = Buffer.from(png);
  other[other.length - 20]! ^= 1;
  expect((await put(url, png)).status).toBe(200);
  expect((await put(url, png)).status).toBe(200);
  expect(codeOf(await put(url, other))).toEqual([409, "INVALID_UPLOAD"]);
  expect(codeOf(await put(url, Buffer.concat([png, png])))).toEqual([413, "TOO_LARGE"]);
  expect(await useOf(id)).not.toBe("INVALID_IMAGE");
});

it("takes one of two senders of different bytes at once", async () => {
  const { url } = await create({ mediaType: "text/csv", bytes: 200_000 });
  const puts = [97, 98].map((letter) =>
    put(url, piecesOf(4, Buffer.alloc(50_000, letter), 50), { "content-type": "text/csv" }),
  );
  expect((await Promise.all(puts)).map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

it("refuses an upload that was never put, is no picture, or is nobody's", async () => {
  const { id } = await createPng();
  const list = await create({ mediaType: "text/csv", bytes: 1 });
  await put(list.url, Buffer.from("a"), { "content-type": "text/csv" });
  const uses = [id, "0".repeat(32), "../../etc/passwd", "", list.id];
  expect(await Promise.all(uses.map(useOf))).toEqual([
    ...Array.from({ length: 4 }, () => "UPLOAD_NOT_FOUND"),
    "UNSUPPORTED_MEDIA_TYPE",
  ]);
  const { errors } = await server.ask(SearchByImageDocument, { input: { image: { uploadId: id } } });
  expect(errors![0]!.extensions).toMatchObject({ code: "UPLOAD_NOT_FOUND", retryable: false });
});

it("gives out no bytes but those that came", async () => {
  const { id, url } = await createPng();
  await put(url, png);
  for (const other of [png.subarray(1), Buffer.alloc(png.byteLength), Buffer.concat([png, png])]) {
    await writeFile(join(server.folder, "media/default/uploads", id), other);
    expect(await useOf(id)).toBe("UPLOAD_NOT_FOUND");
  }
});

it("may be put by the pages that may call the server", async () => {
  const { url } = await createPng();
  const preflight = await fetch(url, {
    method: "OPTIONS",
    headers: {
      origin: ORIGIN,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-type",
    },
  });
  expect([preflight.status, Object.fromEntries(preflight.headers)]).toMatchObject([
    204,
    {
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "content-type",
    },
  ]);
  const allowed = (origin: string) =>
    fetch(url, { method: "PUT", body: new Uint8Array(png), headers: { origin, "content-type": "image/png" } }).then(
      ({ headers }) => headers.get("access-control-allow-origin"),
    );
  expect(await allowed(ORIGIN)).toBe(ORIGIN);
  expect(await allowed("https://elsewhere.example")).toBeNull();
});

describe("a sender who asks before it sends", () => {
  const headers = { "content-type": "image/png", expect: "100-continue" };

  it("is told to go on", async () => {
    const { id, url } = await createPng();
    const request = await rawRequest(url, { ...headers, "content-length": String(png.byteLength) });
    await request.continued();
    request.send(png);
    expect((await request.answer()).status).toBe(200);
    request.socket.destroy();
    expect(await useOf(id)).not.toBe("UPLOAD_NOT_FOUND");
  });

  it("is refused without having sent anything", async () => {
    const { url } = await createPng();
    const request = await rawRequest(url, { ...headers, "content-length": "1000000000" });
    const { status, text } = await request.answer();
    expect([status, text]).toEqual([413, expect.not.stringContaining("100 Continue")]);
    request.socket.destroy();
  });

  it("is told to go on at /graphql as well", async () => {
    const body = '{"query":"{ __typename }"}';
    const length = {
      "content-type": "application/json",
      expect: "100-continue",
      "content-length": String(body.length),
    };
    const request = await rawRequest(`${server.url}/graphql`, length, "POST");
    await request.continued();
    request.send(body);
    expect((await request.answer()).status).toBe(200);
    request.socket.destroy();
  });
});

it("takes bytes in chunks of the sender's own", async () => {
  const { url } = await createPng();
  const request = await rawRequest(url, { "content-type": "image/png", "transfer-encoding": "chunked" });
  for (const piece of [png.subarray(0, 10), png.subarray(10)]) {
    request.send(`${piece.byteLength.toString(16)}\r\n`);
    request.send(piece);
    request.send("\r\n");
  }
  request.send("0\r\n\r\n");
  expect((await request.answer()).status).toBe(200);
  request.socket.destroy();
});

it("does not hold a large upload in memory", async () => {
  const piece = Buffer.alloc(MIB, 120);
  const { url } = await create({ mediaType: "application/x-ndjson", bytes: 200 * MIB });
  const beforeMib = process.memoryUsage().rss / MIB;
  let peakMib = 0;
  const timer = setInterval(() => (peakMib = Math.max(peakMib, process.memoryUsage().rss / MIB)), 20);
  const headers = { "content-type": "application/x-ndjson", "content-length": String(200 * MIB) };
  const request = await rawRequest(url, headers);
  for (let i = 0; i < 200; i++) if (!request.send(piece)) await once(request.socket, "drain");
  expect((await request.answer()).status).toBe(200);
  clearInterval(timer);
  request.socket.destroy();
  expect(peakMib - beforeMib).toBeLessThan(100);
});

it("takes nothing once the URL's time is over, and forgets what it kept", async () => {
  const env = { UPLOAD_TTL_MS: "1000", UPLOAD_KEEP_MS: "0" };
  const short = await startTestServer({ env });
  try {
    const input = { mediaType: "image/png", bytes: png.byteLength };
    const link = async () => (await short.ask(CreateUploadDocument, { input })).data.createUpload;
    const [used, unused] = [await link(), await link()];
    expect((await put(used.url, png)).status).toBe(200);
    await delay(1_100);
    expect(codeOf(await put(unused.url, png))).toEqual([403, "INVALID_UPLOAD"]);
    expect(codeOf(await put(used.url, png))).toEqual([403, "INVALID_UPLOAD"]);

    await short.stop();
    const again = await startTestServer({ env, folder: short.folder });
    const uploads = join(short.folder, "media/default/uploads");
    for (let i = 0; i < 50 && (await readdir(uploads)).length > 0; i++) await delay(100);
    expect(await readdir(uploads)).toEqual([]);
    const { errors } = await again.ask(SearchByImageDocument, { input: { image: { uploadId: used.id } } });
    expect(errors![0]!.extensions.code).toBe("UPLOAD_NOT_FOUND");
    await again.stop();
  } finally {
    await short.remove();
  }
});
