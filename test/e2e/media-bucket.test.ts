import { CreateUploadDocument, IngestImagesDocument } from "../generated/operations";
import { plainBase64, plainPng } from "../support/pictures";
import { hasS3Server, S3_KEYS, startS3Server, type S3Server } from "../support/s3-server";
import { startTestServer, type TestServer } from "../support/server";

const onServer = hasS3Server ? describe : describe.skip;

onServer("a server whose media are in a bucket", () => {
  let s3: S3Server;
  let server: TestServer;
  const bucket = (name = "media") => ({
    MEDIA_URI: `s3://${name}/shop?endpoint=${s3.endpoint}`,
    AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    STORE_TIMEOUT_MS: "10000",
  });
  beforeAll(async () => {
    s3 = await startS3Server();
    server = await startTestServer({ env: bucket() });
  }, 120_000);
  afterAll(async () => {
    await server.remove();
    await s3.kill();
  });

  const names = async () =>
    ((await s3.client.listObjectsV2({ Bucket: "media" })).Contents ?? []).map(({ Key }) => Key!.split("/").at(-1)!);

  async function upload(mediaType: string, body: Uint8Array): Promise<{ id: string; status: number }> {
    const input = { mediaType, bytes: body.byteLength };
    const { id, url } = (await server.ask(CreateUploadDocument, { input })).data.createUpload;
    const headers = { "content-type": mediaType };
    const { status } = await fetch(url, { method: "PUT", headers, body: new Uint8Array(body) });
    return { id, status };
  }

  it("takes uploads of any size, and serves and deletes pictures with their thumbnails", async () => {
    const list = await upload("text/csv", Buffer.alloc(30_000_000, 97));
    const picture = await upload("image/png", await plainPng([10, 20, 200], 300));
    expect([list.status, picture.status]).toEqual([200, 200]);
    expect((await names()).toSorted()).toEqual([list.id, picture.id].toSorted());

    const { data } = await server.ask(IngestImagesDocument, { input: [{ image: { uploadId: picture.id } }] });
    const [result] = data.ingestImages.results;
    if (result?.__typename !== "Ingested" || result.document?.__typename !== "ImageDocument") throw new Error("not in");
    for (const url of [result.document.url, result.document.thumbnailUrl]) expect((await fetch(url)).status).toBe(200);
    expect(await names()).toHaveLength(4);

    await server.ask("mutation { deleteDocuments(input: { where: { modality: IMAGE } }) { deleted } }");
    expect((await names()).toSorted()).toEqual([list.id, picture.id].toSorted());
  });

  it("deletes a picture that was replaced under its key", async () => {
    const before = (await names()).length;
    for (const shade of [1, 2, 3]) {
      const image = { base64: await plainBase64([shade, 200, 10]) };
      await server.ask(IngestImagesDocument, { input: [{ key: "replaced", image }] });
    }

    expect(await names()).toHaveLength(before + 1);
  });

  it("does not start without its bucket", async () => {
    await expect(startTestServer({ env: bucket("missing") })).rejects.toMatchObject({
      code: "INVALID_CONFIGURATION",
      message: expect.stringContaining("Create it"),
    });
  });

  it("answers 503, and fails single items, while the bucket does not answer", async () => {
    const before = await server.ask(IngestImagesDocument, {
      input: [{ image: { base64: await plainBase64([1, 2, 3]) } }],
    });
    const [result] = before.data.ingestImages.results;
    if (result?.__typename !== "Ingested" || result.document?.__typename !== "ImageDocument") throw new Error("not in");
    const input = { mediaType: "image/png", bytes: 3 };
    const { url } = (await server.ask(CreateUploadDocument, { input })).data.createUpload;
    await s3.kill();

    const put = fetch(url, { method: "PUT", headers: { "content-type": "image/png" }, body: "abc" });
    for (const answer of await Promise.all([fetch(result.document.url), fetch(result.document.thumbnailUrl), put])) {
      expect([answer.status, await answer.json()]).toMatchObject([
        503,
        { errors: [{ extensions: { code: "STORE_UNAVAILABLE", retryable: true } }] },
      ]);
    }
    const after = await server.ask(IngestImagesDocument, {
      input: [{ image: { base64: await plainBase64([9, 9, 9]) } }],
    });
    expect(after.data.ingestImages.results).toMatchObject([{ code: "STORE_UNAVAILABLE", retryable: true }]);
  });
});
