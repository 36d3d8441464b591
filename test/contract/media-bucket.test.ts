import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openMediaStore } from "../../src/images/media/open-media-store";
import type { MediaStore } from "../../src/ports/media-store";
import { hasS3Server, S3_KEYS, startS3Server, type S3Server } from "../support/s3-server";
import { bytes, mediaStoreContract, picture, piecesOf, textOf, upload } from "./media-store.suite";

const TIMEOUT_MS = 10_000;
const openBucket = (endpoint: string, place = "media/some/prefix", timeoutMs = TIMEOUT_MS) =>
  openMediaStore({ uri: `s3://${place}?endpoint=${endpoint}&region=us-east-1`, ...S3_KEYS, timeoutMs });

/** What a failure says to whoever reads it, without its cause. */
async function failureOf(work: Promise<unknown>): Promise<{ code: string; message: string; cause: unknown }> {
  return work.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );
}

if (!hasS3Server) console.warn("No S3 server is installed (npm run test:contract does): its tests are LEFT OUT.");
const onServer = hasS3Server ? describe : describe.skip;

onServer("media in a bucket", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  }, 90_000);
  afterAll(() => server.kill());

  const names = async () => {
    const { Contents = [] } = await server.client.listObjectsV2({ Bucket: "media", Prefix: "some/prefix/" });
    return Contents.map(({ Key }) => Key!.slice("some/prefix/".length));
  };

  mediaStoreContract(() => openBucket(server.endpoint), names);

  it("leaves no unfinished upload behind when a source fails", async () => {
    const store = await openBucket(server.endpoint);
    const pieces = [Buffer.alloc(9_000_000), Buffer.alloc(9_000_000), new Error("gone")];
    await store.putStream(upload(), piecesOf(...pieces)).catch(() => undefined);

    expect((await server.client.listMultipartUploads({ Bucket: "media" })).Uploads ?? []).toEqual([]);
    await store.close();
  });

  it("keeps a bucket's files apart by prefix", async () => {
    const [one, other] = await Promise.all([
      openBucket(server.endpoint, "media/one"),
      openBucket(server.endpoint, "media"),
    ]);
    await one.put(picture(), bytes("one"));

    expect(await other.get(picture())).toBeNull();
    expect(textOf(await one.get(picture()))).toBe("one");
    await Promise.all([one.close(), other.close()]);
  });

  it("does not start without its bucket, and names the cure", async () => {
    const failure = await failureOf(openBucket(server.endpoint, "missing-bucket"));

    expect(failure).toMatchObject({ code: "INVALID_CONFIGURATION", message: expect.stringContaining("Create it") });
    expect(failure.message).not.toContain(server.endpoint);
  });

  it("says when the bucket is taken away that it is unavailable, not that files are missing", async () => {
    await server.client.createBucket({ Bucket: "short-lived" });
    const store = await openBucket(server.endpoint, "short-lived");
    await server.client.deleteBucket({ Bucket: "short-lived" });

    const calls = [() => store.get(picture()), () => store.put(picture(), bytes("x")), () => store.delete([picture()])];
    for (const call of calls) expect(await failureOf(call())).toMatchObject({ code: "STORE_UNAVAILABLE" });
    await store.close();
  });

  it("fails in time, without address or key in the message, when the server is gone", async () => {
    const doomed = await startS3Server();
    const store = await openBucket(doomed.endpoint, "media");
    await doomed.kill();

    const failures = await Promise.all(
      [
        store.get(picture()),
        store.getStream(picture()),
        store.put(picture(), bytes("x")),
        store.putStream(upload(), piecesOf("x")),
        store.delete([picture()]),
        openBucket(doomed.endpoint),
      ].map(failureOf),
    );
    for (const { code, message, cause } of failures) {
      expect([code, cause instanceof Error]).toEqual(["STORE_UNAVAILABLE", true]);
      expect(message).not.toMatch(/127\.0\.0\.1|test-secret|ECONN/);
    }
    await store.close();
  }, 90_000);
});

describe("a bucket whose server misbehaves", () => {
  const BODY = "half a file".padEnd(1_000);
  let server: Server;
  let endpoint: string;
  let store: MediaStore;
  let answer: "well" | "never" | "half" | "denied" | "undeleted" = "well";
  let deletion: Record<string, unknown> = {};

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.method === "HEAD" && answer !== "denied") return response.writeHead(200).end();
      if (answer === "never") return;
      if (answer === "half") return response.writeHead(200, { "content-length": 2_000 }).write(BODY);
      if (answer === "denied") return response.writeHead(403).end();
      deletion = request.headers;
      const errors = "<Error><Key>k</Key><Code>AccessDenied</Code></Error>";
      response.writeHead(200, { "content-type": "application/xml" });
      return response.end(`<DeleteResult>${answer === "undeleted" ? errors : ""}</DeleteResult>`);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    store = await openBucket(endpoint, "media", 500);
  });
  afterAll(async () => {
    await store.close();
    server.closeAllConnections();
    server.close();
  });

  it("fails in time when it never answers", async () => {
    answer = "never";
    const startedMs = Date.now();

    expect(await failureOf(store.get(picture()))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(await failureOf(store.putStream(upload(), piecesOf("x")))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(Date.now() - startedMs).toBeLessThan(10_000);
  });

  it("fails in time when it stops in the middle of a file", async () => {
    answer = "half";

    expect(await failureOf(store.get(picture()))).toMatchObject({ code: "STORE_UNAVAILABLE" });
  }, 20_000);

  it("fails when it deletes not everything", async () => {
    answer = "undeleted";

    expect(await failureOf(store.delete([upload()]))).toMatchObject({ code: "STORE_UNAVAILABLE" });
  });

  it("asks for deletions with the checksum that every server knows", async () => {
    answer = "well";
    await store.delete([upload()]);

    expect(deletion["content-md5"]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(Object.keys(deletion).filter((name) => /checksum/.test(name))).toEqual([]);
  });

  it("does not start when it is refused, and names the settings", async () => {
    answer = "denied";

    expect(await failureOf(openBucket(endpoint))).toMatchObject({
      code: "INVALID_CONFIGURATION",
      message: expect.stringContaining("AWS_SECRET_ACCESS_KEY"),
    });
  });

  it("does not start with half of a key", async () => {
    const half = openMediaStore({
      uri: `s3://media?endpoint=${endpoint}`,
      ...S3_KEYS,
      secretAccessKey: null,
      timeoutMs: 500,
    });

    expect(await failureOf(half)).toMatchObject({ code: "INVALID_CONFIGURATION" });
  });
});
