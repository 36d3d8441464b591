import sharp from "sharp";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CollectionDocument,
  IngestImagesDocument,
  IngestTextsDocument,
  SearchByTextDocument,
} from "../generated/operations";
import { plainBase64, plainPng } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
let web: Server;
let webUrl: string;

beforeAll(async () => {
  web = createServer((request, response) => {
    if (request.url === "/missing.png") response.writeHead(404).end();
    else if (request.url === "/huge.png") response.writeHead(200, { "content-length": 2 ** 30 }).write("x");
    else if (request.url === "/page.png") response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    else if (request.url === "/hidden") response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
    else if (request.url === "/red.png") void plainPng([225, 35, 35]).then((png) => response.end(png));
    // Everything else hangs.
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => web.once("listening", resolve));
  const host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  webUrl = `http://${host}`;
  server = await startTestServer({ env: { FETCH_ALLOWED_HOSTS: host, FETCH_TIMEOUT_MS: "1500" } });
});
afterAll(async () => {
  await server.remove();
  web.closeAllConnections();
  web.close();
});

const deep = (levels: number): Record<string, unknown> => (levels === 0 ? {} : { deeper: deep(levels - 1) });

it("refuses each bad text with its code and stores the others", async () => {
  const input = [
    { text: "good" },
    { text: "" },
    { text: "   \n" },
    { text: "x".repeat(1_000_000) },
    { text: "nul \u0000" },
    { text: "surrogate \ud800" },
    { text: "deep", metadata: deep(50) },
    { text: "large", metadata: { large: "x".repeat(20_000) } },
    { text: "list", metadata: { ok: true }, key: "" },
    { text: "also good" },
  ];
  const { data } = await server.ask(IngestTextsDocument, { input });
  const codes = data.ingestTexts.results.map((result) =>
    result.__typename === "IngestFailure" ? result.code : "stored",
  );
  expect(codes).toEqual([
    "stored",
    "INVALID_TEXT",
    "INVALID_TEXT",
    "TOO_LARGE",
    "INVALID_TEXT",
    "INVALID_TEXT",
    "INVALID_METADATA",
    "INVALID_METADATA",
    "INVALID_KEY",
    "stored",
  ]);
});

it("refuses each bad picture with its code and stores the others", async () => {
  const jpeg = await sharp(await plainPng([10, 200, 10], 400))
    .jpeg()
    .toBuffer();
  const hugePng = await sharp({
    create: { width: 10_000, height: 10_000, channels: 3, background: "red" },
    limitInputPixels: false,
  })
    .png()
    .toBuffer();
  const base64 = (bytes: Buffer | string) => ({ image: { base64: Buffer.from(bytes).toString("base64") } });
  const url = (path: string) => ({ image: { url: `${webUrl}${path}` } });
  const cases: [string, { image: { base64: string } | { url: string } }][] = [
    ["stored", { image: { base64: await plainBase64([1, 2, 3]) } }],
    ["INVALID_IMAGE", { image: { base64: "not base64!" } }],
    ["UNSUPPORTED_MEDIA_TYPE", base64("this text is called picture.png")],
    ["INVALID_IMAGE", base64(jpeg.subarray(0, jpeg.length / 2))],
    ["TOO_LARGE", base64(hugePng)],
    ["UNSUPPORTED_MEDIA_TYPE", base64('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["FETCH_FAILED", url("/missing.png")],
    ["FETCH_FAILED", url("/hangs.png")],
    ["TOO_LARGE", url("/huge.png")],
    ["FETCH_FAILED", url("/page.png")],
    ["FETCH_FORBIDDEN", url("/hidden")],
    ["FETCH_FORBIDDEN", { image: { url: "http://127.0.0.1:1/" } }],
    ["FETCH_FORBIDDEN", { image: { url: "http://[::1]/" } }],
    ["FETCH_FORBIDDEN", { image: { url: "file:///etc/passwd" } }],
    ["stored", url("/red.png")],
  ];
  const { data } = await server.ask(IngestImagesDocument, { input: cases.map(([, input]) => input) });
  const codes = data.ingestImages.results.map((result) =>
    result.__typename === "IngestFailure" ? result.code : "stored",
  );
  expect(codes).toEqual(cases.map(([code]) => code));
});

it("refuses numbers out of range, too many items, and cursors of other queries", async () => {
  const search = (variables: object) => server.ask(SearchByTextDocument, { input: { text: "cat" }, ...variables });
  for (const first of [0, -1, 1e9]) {
    expect((await search({ first })).errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
  }
  expect((await search({ after: "bm9uc2Vuc2U" })).errors![0]!.extensions.code).toBe("INVALID_CURSOR");
  const input = Array.from({ length: 10_000 }, (_, i) => ({ text: `text ${i}` }));
  expect((await server.ask(IngestTextsDocument, { input })).errors![0]!.extensions.code).toBe("TOO_MANY_ITEMS");
});

it("refuses a body over the limit, and what is no JSON", async () => {
  const post = (body: string) =>
    fetch(`${server.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const large = await post(JSON.stringify({ query: "x".repeat(34_000_000) }));
  expect([large.status, await large.json()]).toMatchObject([413, { errors: [{ extensions: { code: "TOO_LARGE" } }] }]);
  const broken = await post('{"query":');
  expect([broken.status, await broken.json()]).toMatchObject([
    400,
    { errors: [{ extensions: { code: "BAD_USER_INPUT" } }] },
  ]);
});

it("does not send a client's input back", async () => {
  const secret = "s3cret".repeat(2_000);
  const answer = await server.ask(
    'query ($n: Int!) { searchByText(input: { text: "x" }, first: $n) { nodes { __typename } } }',
    { n: secret },
  );
  expect(answer.errors![0]!.message.length).toBeLessThan(600);
});

it("still answers after all of that", async () => {
  expect((await server.ask(CollectionDocument)).data.collection.texts).toBe(2);
});
