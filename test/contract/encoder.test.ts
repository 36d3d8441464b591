import { BatchedEncoder } from "../../src/encoders/batched-encoder";
import { CachedEncoder } from "../../src/encoders/cached-encoder";
import { unwrap } from "../../src/errors";
import { dot } from "../../src/documents/vector";
import { FAMILIES, familyFolder, MINI_CLIP, startTestModel, TEXT_FAMILIES, V2_LAYOUT } from "../support/models";
import { encoderContract } from "./encoder.suite";
import { referenceContract } from "./reference.suite";

const BATCHES = { windowMs: 2, maxTexts: 64, maxImages: 32, atOnce: 1 };

describe("mini-clip, two towers", () => {
  encoderContract(() => startTestModel("mini-clip"));
});

describe("mini-clip, batched and cached", () => {
  encoderContract(async () => new CachedEncoder(new BatchedEncoder(await startTestModel("mini-clip"), BATCHES), 100));
});

describe("v2's layout, one fused file, cut to 64 numbers", () => {
  encoderContract(() => startTestModel(V2_LAYOUT, { dimension: 64 }));
});

describe.each([...FAMILIES])("the family %s", (family) => {
  encoderContract(() => startTestModel(familyFolder(family)), { takesPictures: !TEXT_FAMILIES.includes(family) });
  referenceContract(familyFolder(family));
});

it("cuts Matryoshka vectors from the front and scales them again", async () => {
  const [whole, cut] = [await startTestModel(V2_LAYOUT), await startTestModel(V2_LAYOUT, { dimension: 128 })];
  const [long] = (await whole.encodeTexts(["a cat"], "document")).map(unwrap);
  const [short] = (await cut.encodeTexts(["a cat"], "document")).map(unwrap);
  expect(long!.vector).toHaveLength(1024);
  const front = long!.vector.subarray(0, 128);
  const norm = Math.hypot(...front);
  expect(dot(short!.vector, front) / norm).toBeCloseTo(1, 5);
  await Promise.all([whole.close(), cut.close()]);
});

it("puts v2's prefix before queries, and none before documents", async () => {
  const encoder = await startTestModel(V2_LAYOUT);
  const [query] = (await encoder.encodeTexts(["a cat"], "query")).map(unwrap);
  const prefixed = "Represent the query for retrieving evidence documents: a cat";
  const [document] = (await encoder.encodeTexts([prefixed], "document")).map(unwrap);
  expect(dot(query!.vector, document!.vector)).toBeCloseTo(1, 5);
  await encoder.close();
});

it("refuses a dimension that the model does not have", async () => {
  await expect(startTestModel(MINI_CLIP, { dimension: 100 })).rejects.toMatchObject({ code: "INVALID_CONFIGURATION" });
});

it("answers a request whose process is killed in its middle, and the next one", async () => {
  const encoder = await startTestModel("mini-clip");
  const texts = Array.from({ length: 200 }, (_, i) => `a text that takes a while, number ${i} ${"and on ".repeat(50)}`);
  const pending = encoder.encodeTexts(texts, "document");
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.kill(encoder.pid!, "SIGKILL");
  expect((await pending).every(({ ok }) => ok)).toBe(true);
  expect((await encoder.encodeTexts(["after"], "query"))[0]!.ok).toBe(true);
  await encoder.close();
});
