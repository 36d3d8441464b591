import {
  CollectionDocument,
  DocumentsDocument,
  IngestImagesDocument,
  IngestTextsDocument,
  SearchByTextDocument,
} from "../generated/operations";
import { plainBase64 } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let server: TestServer;
beforeEach(async () => {
  // What runs has longer to finish than by default, since other tests run beside this one.
  server = await startTestServer({ env: { GRACE_PERIOD_MS: "60000" } });
});
afterEach(() => server.remove());

const storedIds = async (ask: TestServer["ask"]): Promise<Set<string>> => {
  const { data } = await ask(DocumentsDocument, { where: null, first: 1_000 });
  return new Set(data.documents.nodes.map(({ id }) => id));
};

it("loses no acknowledged document when Lite is killed in the middle of ingestion, and goes on by itself", async () => {
  const acknowledged = new Set<string>();
  let killed = 0;
  const writer = async (name: number) => {
    for (let call = 0; call < 12; call++) {
      const input = Array.from({ length: 10 }, (_, i) => ({ text: `writer ${name}, call ${call}, text ${i}` }));
      const { data } = await server.ask(IngestTextsDocument, { input });
      for (const result of data.ingestTexts.results) {
        expect(["Ingested", "Duplicate"]).toContain(result.__typename);
        if (result.__typename !== "IngestFailure") acknowledged.add(result.documentId);
      }
    }
  };
  const killer = async () => {
    for (; killed < 3; killed++) {
      await pause(300);
      const { milvusLite } = server.children();
      if (milvusLite !== null) process.kill(milvusLite, "SIGKILL");
    }
  };
  await Promise.all([writer(0), writer(1), writer(2), killer()]);
  expect(acknowledged.size).toBe(360);
  expect(await storedIds(server.ask)).toEqual(acknowledged);
});

it("keeps everything over a restart, and answers at once", async () => {
  await server.ask(IngestTextsDocument, { input: [{ text: "A red cat" }] });
  await server.stop();
  server = await startTestServer({ folder: server.folder });
  const { data } = await server.ask(SearchByTextDocument, { input: { text: "cats" } });
  expect(data.searchByText.nodes).toMatchObject([{ document: { text: "A red cat" } }]);
});

it("answers searches and pictures whose processes are killed meanwhile", async () => {
  const texts = Array.from({ length: 100 }, (_, i) => ({ text: `text ${i} ${"and more words ".repeat(60)}` }));
  const pictures = await Promise.all(
    Array.from({ length: 30 }, async (_, i) => ({ image: { base64: await plainBase64([i, 2 * i, 3 * i], 900) } })),
  );
  const work = [
    server.ask(IngestTextsDocument, { input: texts }),
    server.ask(IngestImagesDocument, { input: pictures }),
  ] as const;
  await pause(150);
  const { encoder, decoders } = server.children();
  for (const pid of [encoder, ...decoders]) if (pid !== null) process.kill(pid, "SIGKILL");
  const [text, image] = await Promise.all(work);
  expect(new Set(text.data.ingestTexts.results.map(({ __typename }) => __typename))).toEqual(new Set(["Ingested"]));
  expect(new Set(image.data.ingestImages.results.map(({ __typename }) => __typename))).toEqual(new Set(["Ingested"]));
  expect((await server.ask(CollectionDocument)).data.collection).toMatchObject({ texts: 100, images: 30 });
});

it("finishes a request that runs when it is told to stop, and leaves no child behind", async () => {
  const input = Array.from({ length: 100 }, (_, i) => ({ text: `slow text ${i} ${"word ".repeat(100)}` }));
  const running = server.ask(IngestTextsDocument, { input });
  await pause(100);
  const { encoder, decoders, milvusLite } = server.children();
  const pids = [encoder, ...decoders, milvusLite].filter((pid) => pid !== null);
  // As many decoders as were needed until now.
  expect(pids.length).toBeGreaterThanOrEqual(3);
  await server.stop();
  expect((await running).data.ingestTexts.results).toHaveLength(100);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

it("is ready only while model and store answer", async () => {
  const status = async (path: string) => (await fetch(`${server.url}${path}`)).status;
  expect([await status("/live"), await status("/ready")]).toEqual([200, 200]);
  process.kill(server.children().milvusLite!, "SIGKILL");
  await pause(20);
  expect([await status("/live"), await status("/ready")]).toEqual([200, 503]);
});
