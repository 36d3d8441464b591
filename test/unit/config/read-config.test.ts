import { join } from "node:path";
import { userCacheFolder } from "../../../src/config/cache-folder";
import { readConfig } from "../../../src/config/read-config";

it("has a default for everything", () => {
  expect(readConfig({})).toMatchObject({
    host: "127.0.0.1",
    port: 4000,
    model: "jinaai/jina-clip-v1",
    maxItemsPerCall: 100,
  });
});

it("reports all faults at once and keeps secrets to itself", () => {
  const wrong = { PORT: "http", MODEL_DTYPE: "fp8", PUBLIC_URL: "ftp://x", MAX_FIRST: "0" };
  expect(() => readConfig(wrong)).toThrow(/PORT.*\n.*PUBLIC_URL.*\n.*MODEL_DTYPE.*\n.*MAX_FIRST/);
});

it("keeps headers to itself, whatever is wrong with them", () => {
  for (const given of ["s3cret", '{"a.example": {"Host": "s3cret"}}', '{"s3cret/": {}}']) {
    expect(() => readConfig({ FETCH_HEADERS: given })).toThrow(/FETCH_HEADERS must/);
    expect(() => readConfig({ FETCH_HEADERS: given })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("s3cret") }),
    );
  }
});

it("spells hosts as URLs do and refuses what is none", () => {
  const config = readConfig({ FETCH_ALLOWED_HOSTS: "Minio:9000, 127.1", FETCH_DENIED_HOSTS: ".Example.com,[0::1]" });

  expect(config).toMatchObject({
    fetchAllowedHosts: ["minio:9000", "127.0.0.1"],
    fetchDeniedHosts: [".example.com", "[::1]"],
  });
  expect(() => readConfig({ FETCH_ALLOWED_HOSTS: "http://minio:9000" })).toThrow(/FETCH_ALLOWED_HOSTS must be hosts/);
  expect(() => readConfig({ FETCH_DENIED_HOSTS: "a.example:80" })).toThrow(/FETCH_DENIED_HOSTS .*without ports/);
});

it("takes empty variables for unset ones", () => {
  expect(readConfig({ PORT: "", EMBEDDING_DIMENSION: " " })).toMatchObject({ port: 4000, embeddingDimension: null });
});

it("tells a folder from an address", () => {
  expect(readConfig({ MILVUS_URI: "http://milvus:19530/" }).milvusUri).toBe("http://milvus:19530");
  expect(readConfig({ MILVUS_URI: "./x" }).milvusUri).toBe(join(process.cwd(), "x"));
});

it("tells a folder for media from a bucket, and repeats no credentials", () => {
  const bucket = "s3://media/x?endpoint=http://127.0.0.1:9000";
  expect(readConfig({}).mediaUri).toBeNull();
  expect(readConfig({ MEDIA_URI: "./x" }).mediaUri).toBe(join(process.cwd(), "x"));
  expect(readConfig({ MEDIA_URI: bucket }).mediaUri).toBe(bucket);
  for (const wrong of ["s3://key:secret@media", "s3://media?endpoint=http://key:secret@host"]) {
    expect(() => readConfig({ MEDIA_URI: wrong })).toThrow(/^(?![^]*secret)[^]*MEDIA_URI must be/);
  }
});

it("takes an address for a model, without a key in it", () => {
  expect(readConfig({ MODEL: "http://127.0.0.1:4000" }).model).toBe("http://127.0.0.1:4000");
  for (const wrong of ["http://", "https://key:secret@api.example/v1", "https://api.example/v1#secret"]) {
    expect(() => readConfig({ MODEL: wrong })).toThrow(/^(?![^]*:secret)[^]*MODEL must/);
  }
});

it("takes no secret that could be guessed, and repeats none", () => {
  expect(readConfig({ ENCODER_SECRET: "0123456789abcdef" }).encoderSecret).toBe("0123456789abcdef");
  expect(readConfig({}).encoderSecret).toBeNull();
  for (const wrong of ["short", "with spaces in between it", "ümlaut-0123456789abcdef"]) {
    expect(() => readConfig({ ENCODER_SECRET: wrong })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(wrong) }),
    );
  }
});

it("keeps downloads in the clone, or where somebody says", () => {
  expect(readConfig({}).cacheFolder).toBe(join(process.cwd(), ".cache"));
  expect(readConfig({ CACHE_FOLDER: "./x" }).cacheFolder).toBe(join(process.cwd(), "x"));
});

it.each([
  ["linux", {}, "/home/ada/.cache/parallax"],
  ["linux", { XDG_CACHE_HOME: "/var/cache/ada" }, "/var/cache/ada/parallax"],
  ["linux", { XDG_CACHE_HOME: "relative" }, "/home/ada/.cache/parallax"],
  ["darwin", {}, "/home/ada/Library/Caches/parallax"],
  ["win32", { LOCALAPPDATA: "/home/ada/Local" }, "/home/ada/Local/parallax/Cache"],
] as const)("knows the user's cache folder on %s with %j", (platform, env, folder) => {
  expect(userCacheFolder(env, platform, "/home/ada")).toBe(folder);
});
