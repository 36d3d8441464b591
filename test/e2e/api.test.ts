import { createHash } from "node:crypto";
import {
  CollectionDocument,
  DeleteDocumentsDocument,
  DocumentDocument,
  DocumentsDocument,
  IngestImagesDocument,
  IngestTextsDocument,
  NearDuplicatesDocument,
  RecreateCollectionDocument,
  SearchByImageDocument,
  SearchByTextDocument,
} from "../generated/operations";
import { plainBase64 } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  const { data } = await server.ask(CollectionDocument);
  await server.ask(RecreateCollectionDocument, { confirmName: data.collection.name });
});

const RED = [225, 35, 35] as const;
const BLUE = [40, 85, 225] as const;

const ingestTexts = async (...texts: string[]) => {
  const { data } = await server.ask(IngestTextsDocument, { input: texts.map((text) => ({ text })) });
  return data.ingestTexts.results;
};

describe("ingestion", () => {
  it("stores a text once, however often it comes", async () => {
    const [first] = await ingestTexts("A red cat");
    const [again] = await ingestTexts("A red cat");
    expect([first!.__typename, again!.__typename]).toEqual(["Ingested", "Duplicate"]);
    const { data } = await server.ask(CollectionDocument);
    expect(data.collection).toMatchObject({ model: "mini-clip", dimension: 384, texts: 1, images: 0 });
  });

  it("calls a repeat within one call a duplicate, too", async () => {
    const results = await ingestTexts("A red cat", "A blue cat", "A red cat");
    expect(results.map(({ __typename }) => __typename)).toEqual(["Ingested", "Ingested", "Duplicate"]);
  });

  it("replaces the document of a key and keeps its id and time", async () => {
    const store = async (text: string, metadata: Record<string, unknown>) => {
      const { data } = await server.ask(IngestTextsDocument, { input: [{ key: "k", text, metadata }] });
      const [result] = data.ingestTexts.results;
      if (result!.__typename !== "Ingested") throw new Error(JSON.stringify(result));
      return result!;
    };
    const before = await store("A red cat", { colour: "red" });
    const after = await store("A blue cat", {});
    expect([before.created, after.created]).toEqual([true, false]);
    expect(after.document).toMatchObject({
      id: before.documentId,
      createdAt: before.document!.createdAt,
      text: "A blue cat",
      metadata: {},
    });
  });

  it("makes a keyed document of content that is there without one", async () => {
    await ingestTexts("A red cat");
    const { data } = await server.ask(IngestTextsDocument, { input: [{ key: "mine", text: "A red cat" }] });
    expect(data.ingestTexts.results[0]!.__typename).toBe("Ingested");
    expect((await server.ask(CollectionDocument)).data.collection.texts).toBe(2);
  });

  it("keeps pictures where a browser finds them, and removes them with their last document", async () => {
    const base64 = await plainBase64(RED);
    const input = [
      { image: { base64 } },
      { key: "second", caption: "red", image: { base64: `data:image/png;base64,${base64}` } },
    ];
    const { data } = await server.ask(IngestImagesDocument, { input });
    const [first, second] = data.ingestImages.results.map((result) => {
      if (result.__typename !== "Ingested" || result.document?.__typename !== "ImageDocument")
        throw new Error(result.__typename);
      return result.document;
    });
    expect(first).toMatchObject({ width: 32, height: 32, mediaType: "image/png", key: null });
    const response = await fetch(first!.url);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");

    await server.ask(DeleteDocumentsDocument, { input: { keys: ["second"] } });
    expect((await fetch(second!.url)).status).toBe(200);
    await server.ask(DeleteDocumentsDocument, { input: { ids: [first!.id] } });
    expect((await fetch(first!.url)).status).toBe(404);
  });

  it("sees all of a text that is longer than the model reads, and keeps it", async () => {
    const text = "A long story about a cat. ".repeat(500);
    const [result] = await ingestTexts(text);
    expect(result).toMatchObject({ document: { text, truncated: false } });
  });

  it("takes metadata keys that Milvus uses itself", async () => {
    const metadata = { id: "1", vector: [1], $meta: { a: null }, tenant: "x" };
    const { data } = await server.ask(IngestTextsDocument, { input: [{ text: "a cat", metadata }] });
    expect(data.ingestTexts.results[0]).toMatchObject({ __typename: "Ingested", document: { metadata } });
  });
});

describe("search", () => {
  it("finds texts and pictures by words, best first", async () => {
    await ingestTexts("A red cat", "A blue cat", "Quarterly tax report");
    await server.ask(IngestImagesDocument, { input: [{ image: { base64: await plainBase64(RED) } }] });
    const { data } = await server.ask(SearchByTextDocument, { input: { text: "red cats" }, first: 4 });
    const hits = data.searchByText.nodes;
    expect(hits.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    expect(hits.filter(({ __typename }) => __typename === "ImageHit")).toHaveLength(1);
    const texts = hits.flatMap((hit) => (hit.__typename === "TextHit" ? [hit.document.text] : []));
    expect(texts).toEqual(["A red cat", "A blue cat", "Quarterly tax report"]);
  });

  it("finds by picture: from bytes, and from one that is stored, which is not among its own hits", async () => {
    const input = [RED, BLUE, [220, 40, 40] as const];
    const pictures = await Promise.all(input.map(async (colour) => ({ image: { base64: await plainBase64(colour) } })));
    const { data: stored } = await server.ask(IngestImagesDocument, { input: pictures });
    const ids = stored.ingestImages.results.map((result) =>
      result.__typename === "Ingested" ? result.documentId : "",
    );
    const byBytes = await server.ask(SearchByImageDocument, { input: { image: pictures[0]!.image } });
    expect(byBytes.data.searchByImage.nodes.map(({ document }) => document.id)).toEqual([ids[0], ids[2], ids[1]]);
    const byId = await server.ask(SearchByImageDocument, { input: { image: { documentId: ids[0]! } } });
    expect(byId.data.searchByImage.nodes.map(({ document }) => document.id)).toEqual([ids[2], ids[1]]);
  });

  it("narrows by modality, filter and score", async () => {
    await server.ask(IngestTextsDocument, {
      input: [
        { text: "a red cat", metadata: { shelf: 1, tags: ["cat"] } },
        { text: "a red car", metadata: { shelf: 2 } },
      ],
    });
    await server.ask(IngestImagesDocument, { input: [{ image: { base64: await plainBase64(RED) } }] });
    const search = async (input: object) => {
      const { data } = await server.ask(SearchByTextDocument, { input: { text: "a red cat", ...input } });
      return data.searchByText.nodes;
    };
    expect(await search({ modalities: ["IMAGE"] })).toHaveLength(1);
    expect(await search({ where: { metadata: { key: "shelf", is: { greaterThan: 1 } } } })).toMatchObject([
      { document: { text: "a red car" } },
    ]);
    expect(await search({ where: { metadata: { key: "tags", is: { contains: "cat" } } } })).toMatchObject([
      { document: { text: "a red cat" } },
    ]);
    expect(await search({ ranking: "COSINE", minScore: 0.99 })).toMatchObject([{ document: { text: "a red cat" } }]);
  });

  it("pages a ranking without repeating or skipping", async () => {
    await ingestTexts(...Array.from({ length: 23 }, (_, i) => `cat number ${i}`));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: import("../generated/operations").SearchByTextQuery } = await server.ask(
        SearchByTextDocument,
        { input: { text: "cat" }, first: 10, after },
      );
      seen.push(...data.searchByText.nodes.map(({ document }) => document.id));
      after = data.searchByText.pageInfo.hasNextPage ? data.searchByText.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(23);
  });
});

describe("documents", () => {
  it("are found by id, listed in pages and deleted by filter", async () => {
    const results = await ingestTexts(...Array.from({ length: 7 }, (_, i) => `document ${i}`));
    const ids = results.map((result) => (result.__typename === "Ingested" ? result.documentId : ""));
    const { data } = await server.ask(DocumentDocument, { id: ids[3]! });
    expect(data.document).toMatchObject({ __typename: "TextDocument", text: "document 3" });
    const first = await server.ask(DocumentsDocument, { where: null, first: 4 });
    const after = first.data.documents.pageInfo.endCursor;
    const second = await server.ask(DocumentsDocument, { where: null, first: 4, after });
    const listed = [...first.data.documents.nodes, ...second.data.documents.nodes].map(({ id }) => id);
    expect(listed.sort()).toEqual(ids.sort());
    expect(second.data.documents.pageInfo.hasNextPage).toBe(false);
    const deleted = await server.ask(DeleteDocumentsDocument, { input: { where: { modality: "TEXT" } } });
    expect(deleted.data.deleteDocuments.deleted).toBe(7);
  });

  it("tell what is nearly the same, most alike first, and not themselves", async () => {
    const colours = [RED, [224, 36, 35], [215, 45, 40], BLUE] as const;
    const input = await Promise.all(colours.map(async (colour) => ({ image: { base64: await plainBase64(colour) } })));
    await server.ask(IngestTextsDocument, { input: [{ text: "A red square" }] });
    const { data: stored } = await server.ask(IngestImagesDocument, { input });
    const [red, almostRed, reddish] = stored.ingestImages.results.map(
      (result) => "documentId" in result && result.documentId,
    );
    const near = async (minCosine: number) => {
      const { data } = await server.ask(NearDuplicatesDocument, { id: String(red), minCosine });
      return data.document!.nearDuplicates;
    };
    expect((await near(0)).map(({ document }) => document.id).slice(0, 2)).toEqual([almostRed, reddish]);
    expect(await near(0)).toHaveLength(3);
    const [first, second] = await near(0);
    expect(await near((first!.cosine + second!.cosine) / 2)).toMatchObject([{ document: { id: almostRed } }]);
    const { errors } = await server.ask(NearDuplicatesDocument, { id: String(red), minCosine: 2 });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("are null for an unknown id", async () => {
    expect((await server.ask(DocumentDocument, { id: 'no such id" or 1==1' })).data.document).toBeNull();
  });
});

describe("the edge", () => {
  const post = (body: object, headers = {}) =>
    fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  it("remembers an operation by its hash once it was sent whole", async () => {
    const query = "{ collection { name model } }";
    const sha256Hash = createHash("sha256").update(query).digest("hex");
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const unknown = await (await post({ extensions })).json();
    expect(unknown).toMatchObject({ errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] });
    const whole = await (await post({ query, extensions })).json();
    expect(await (await post({ extensions })).json()).toEqual(whole);
    expect(whole).toMatchObject({ data: { collection: { model: "mini-clip" } } });
  });

  it("compresses long answers, and leaves short ones as they are", async () => {
    await ingestTexts("long words ".repeat(1_000));
    const encoding = async (query: string) => (await post({ query })).headers.get("content-encoding");
    expect(await encoding("{ documents { nodes { ... on TextDocument { text } } } }")).toMatch(/gzip|br/);
    expect(await encoding("{ collection { name } }")).toBeNull();
  });

  it("keeps idle connections for longer than balancers do", async () => {
    const response = await post({ query: "{ __typename }" });
    expect(Number(/timeout=(\d+)/.exec(response.headers.get("keep-alive")!)![1])).toBeGreaterThan(60);
  });
});

it("drops nothing unless the collection is named", async () => {
  await ingestTexts("stays");
  const answer = await server.ask(RecreateCollectionDocument, { confirmName: "another" });
  expect(answer.errors![0]!.extensions.code).toBe("CONFIRMATION_MISMATCH");
  expect((await server.ask(CollectionDocument)).data.collection.texts).toBe(1);
});
