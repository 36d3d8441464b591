import sharp from "sharp";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import {
  CollectionDocument,
  CreateUploadDocument,
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

it("refuses a body over the limit, and what is not JSON", async () => {
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

describe("a filter that says nothing", () => {
  const NOTHING = [
    "createdAt: {}",
    "createdAt: { before: null }",
    "createdAt: { from: null, before: null }",
    "all: []",
    "any: []",
    "id: { in: [] }",
    "key: { in: [] }",
    'key: { startsWith: "" }',
    'metadata: { key: "n", is: { in: [] } }',
    'metadata: { key: "n", is: { startsWith: "" } }',
  ];
  const nested = NOTHING.flatMap((empty) => [
    empty,
    `not: { ${empty} }`,
    `all: [{ modality: TEXT }, { any: [{ ${empty} }] }]`,
  ]);
  // Its calibration follows what was stored before, and may come between.
  const count = async () => {
    const { texts, images } = (await server.ask(CollectionDocument)).data.collection;
    return { texts, images };
  };

  it.each(nested)("deletes nothing: %s", async (where) => {
    const before = await count();
    const { errors } = await server.ask(`mutation { deleteDocuments(input: { where: { ${where} } }) { deleted } }`);
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["INVALID_FILTER"]);
    expect(errors![0]!.message).toMatch(/says nothing|without a time/);
    expect(await count()).toEqual(before);
  });

  it("deletes nothing where a variable is missing or null", async () => {
    const mutation =
      "mutation ($before: DateTime) { deleteDocuments(input: { where: { createdAt: { before: $before } } }) { deleted } }";
    for (const variables of [{}, { before: null }]) {
      expect((await server.ask(mutation, variables)).errors![0]!.extensions.code).toBe("INVALID_FILTER");
    }
  });

  it("is no condition in a search where it is `all: []`, and refused where it is a time", async () => {
    const find = (where: string) =>
      server.ask<Found, object>(`{ documents(where: { ${where} }) { nodes { __typename } } }`);
    const { collection } = { collection: await count() };
    expect((await find("all: []")).data.documents.nodes).toHaveLength(collection.texts + collection.images);
    for (const where of ["createdAt: {}", "not: { createdAt: { from: null } }"]) {
      expect((await find(where)).errors![0]!.extensions.code).toBe("INVALID_FILTER");
    }
  });
});

describe("an integer that JSON would round", () => {
  const ROUNDED = "1234567890123456789";
  const codes = (answer: unknown) => [...JSON.stringify(answer).matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
  const results = "{ results { __typename ... on IngestFailure { code message } } }";

  it("is refused in metadata, as a literal and as a variable, and does not hold up the others", async () => {
    const literal = await server.ask(
      `mutation { ingestTexts(input: [{ text: "a", metadata: { deep: [{ n: ${ROUNDED} }] } }, { text: "b", metadata: { n: ${Number.MAX_SAFE_INTEGER} } }]) ${results} }`,
    );
    expect(codes(literal)).toEqual(["INVALID_METADATA"]);
    expect(JSON.stringify(literal)).toMatch(/write it as a string.*"Ingested"/);
    const query = `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) ${results} }`;
    const body = `{ "query": ${JSON.stringify(query)}, "variables": { "input": [{ "text": "c", "metadata": { "n": -${ROUNDED} } }] } }`;
    const headers = { "content-type": "application/json" };
    const variable = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
    expect(codes(await variable.json())).toEqual(["INVALID_METADATA"]);
  });

  it.each(["equals: N", "in: [1, N]", "contains: N", "greaterThan: N", "lessThan: N"])(
    "is refused in a filter: %s",
    async (comparison) => {
      const is = comparison.replace("N", ROUNDED);
      const answer = await server.ask(
        `{ documents(where: { metadata: { key: "n", is: { ${is} } } }) { nodes { __typename } } }`,
      );
      expect(codes(answer)).toEqual(["INVALID_FILTER"]);
      expect(answer.errors![0]!.message).toContain("write it as a string");
    },
  );

  it("is refused in an uploaded list, line by line", async () => {
    const good = `{ "text": "small enough", "metadata": { "n": ${Number.MIN_SAFE_INTEGER}, "m": 0.1 } }`;
    const { outcomes } = await ingestList([`{ "text": "bad", "metadata": { "n": ${ROUNDED} } }`, good]);
    expect(outcomes).toEqual(["INVALID_METADATA", "Ingested"]);
  });
});

describe("lengths", () => {
  it("hold for what is stored: a URL once it is encoded, a key and a caption in UTF-8 bytes", async () => {
    const base64 = await plainBase64([9, 9, 9]);
    // 1,500 characters each, but a URL writes nine for one, and UTF-8 three.
    const [long, key] = ["あ".repeat(1_500), "あ".repeat(171)];
    const items = [
      { image: { url: `${webUrl}/red.png?${long}` } },
      { image: { base64 }, key },
      { image: { base64 }, caption: "あ".repeat(20_001) },
      // Grows as it is normalised: two bytes become four.
      { image: { base64 }, key: "\u0344".repeat(200) },
      { image: { base64 }, key: key.slice(1), caption: "あ".repeat(20_000) },
    ];
    const expected = ["FETCH_FORBIDDEN", "INVALID_KEY", "TOO_LARGE", "INVALID_KEY", "Ingested"];
    const { data } = await server.ask(IngestImagesDocument, { input: items });
    expect(data.ingestImages.results.map((one) => ("code" in one ? one.code : one.__typename))).toEqual(expected);
    const { outcomes } = await ingestList(items.map((item) => JSON.stringify(item)));
    expect(outcomes).toEqual(expected);
  });
});

describe("what shows nothing", () => {
  const BLANKS = ["", " ", "\u00a0", "\u200b", "\u2060\ufeff", "\u3164", "\u2800", "\u00ad \u180e"];

  it("is no caption", async () => {
    const base64 = await plainBase64([7, 8, 9]);
    const items = BLANKS.map((caption, i) => ({ key: `blank:${i}`, image: { base64 }, caption }));
    await server.ask(IngestImagesDocument, { input: items.slice(4) });
    await ingestList(items.slice(0, 4).map((item) => JSON.stringify(item)));
    const where = '{ key: { startsWith: "blank:" } }';
    const { data } = await server.ask<Found, object>(
      `{ documents(where: ${where}) { nodes { ... on ImageDocument { caption } } } }`,
    );
    expect(data.documents.nodes).toEqual(BLANKS.map(() => ({ caption: null })));
  });

  it("is no text, no key and nothing to look for", async () => {
    const { data } = await server.ask(IngestTextsDocument, {
      input: [...BLANKS.map((text) => ({ text })), ...BLANKS.map((key) => ({ key, text: "a text" }))],
    });
    const codes = data.ingestTexts.results.map((one) => ("code" in one ? one.code : one.__typename));
    expect(codes).toEqual([...BLANKS.map(() => "INVALID_TEXT"), ...BLANKS.map(() => "INVALID_KEY")]);
    const { outcomes } = await ingestList(BLANKS.map((text) => JSON.stringify({ text })));
    expect(outcomes).toEqual(BLANKS.map(() => "INVALID_TEXT"));
    for (const text of BLANKS) {
      const { errors } = await server.ask(SearchByTextDocument, { input: { text } });
      expect(errors![0]!.extensions.code).toBe("INVALID_TEXT");
    }
  });

  it("takes what shows something, however little", async () => {
    const input = ["·", "‎a", "0", "👍🏽", "́"].map((text) => ({ text }));
    const { data } = await server.ask(IngestTextsDocument, { input });
    expect(data.ingestTexts.results.map(({ __typename }) => __typename)).toEqual(input.map(() => "Ingested"));
  });
});

describe("a key", () => {
  it("is the same however its accents are written, wherever it stands", async () => {
    const [nfc, nfd] = ["café/été.jpg".normalize("NFC"), "café/été.jpg".normalize("NFD")];
    const store = (key: string, text: string) => server.ask(IngestTextsDocument, { input: [{ key, text }] });
    await store(nfd, "the first");
    expect((await store(nfc, "the second")).data.ingestTexts.results[0]).toMatchObject({ created: false });
    await ingestList([JSON.stringify({ key: nfd, text: "the third" })]);
    for (const key of [nfc, nfd]) {
      const byKey = await server.ask<{ documentByKey: object }, object>(
        "query ($key: String!) { documentByKey(key: $key) { ... on TextDocument { key text } } }",
        { key },
      );
      expect(byKey.data.documentByKey).toEqual({ key: nfc, text: "the third" });
      for (const is of [{ in: [key] }, { startsWith: key.slice(0, -4) }]) {
        const found = await server.ask<Found, object>(
          "query ($where: DocumentFilter) { documents(where: $where) { nodes { __typename } } }",
          { where: { key: is } },
        );
        expect(found.data.documents.nodes).toHaveLength(1);
      }
    }
    const gone = await server.ask(
      "mutation ($keys: [String!]) { deleteDocuments(input: { keys: $keys }) { deleted } }",
      {
        keys: [nfd],
      },
    );
    expect(gone.data).toEqual({ deleteDocuments: { deleted: 1 } });
  });
});

interface Found {
  readonly documents: { readonly nodes: readonly object[] };
}

/** Uploads an NDJSON list and ingests it: what became of each line. */
async function ingestList(lines: readonly string[]): Promise<{ outcomes: string[] }> {
  const list = Buffer.from(lines.join("\n"));
  const upload = await server.ask(CreateUploadDocument, {
    input: { mediaType: "application/x-ndjson", bytes: list.length },
  });
  const { id: uploadId, url } = upload.data.createUpload;
  await fetch(url, { method: "PUT", body: list, headers: { "content-type": "application/x-ndjson" } });
  const started = await server.ask<{ startIngestion: { id: string } }, object>(
    "mutation ($input: IngestionInput!) { startIngestion(input: $input) { id } }",
    { input: { uploadId } },
  );
  const { id } = started.data.startIngestion;
  for (;;) {
    const { data } = await server.ask<{ ingestion: Job }, object>(
      "query ($id: ID!) { ingestion(id: $id) { pending items(first: 1000) { nodes { outcome { __typename ... on IngestFailure { code } } } } } }",
      { id },
    );
    const { pending, items } = data.ingestion;
    if (pending === 0) return { outcomes: items.nodes.map(({ outcome }) => outcome.code ?? outcome.__typename) };
    await delay(20);
  }
}

interface Job {
  readonly pending: number;
  readonly items: { readonly nodes: readonly { readonly outcome: { __typename: string; code?: string } }[] };
}

it("still answers after all of that", async () => {
  expect((await server.ask(CollectionDocument)).errors).toBeUndefined();
});
