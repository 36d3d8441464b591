import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkGoldenVectors, goldenPath } from "../../../src/encoders/golden-vectors";
import { startImageDecoder } from "../../../src/images/decode/decoder";
import type { Encoder } from "../../../src/ports/encoder";
import type { ImageDecoder } from "../../../src/ports/image-decoder";
import { familyFolder, MINI_CLIP, silent, startTestModel, V2_LAYOUT } from "../../support/models";

const BROUGHT = join(MINI_CLIP, "golden.json");

let decoder: ImageDecoder;
let clip: Encoder;
let cacheFolder: string;

beforeAll(async () => {
  const limits = { maxImageBytes: 2 ** 20, maxImagePixels: 1_000_000, maxMemoryBytes: 2 ** 30 };
  decoder = await startImageDecoder({ processes: 1, deadlineMs: 20_000, ...limits, log: silent });
  clip = await startTestModel(familyFolder("clip"));
});
afterAll(() => Promise.all([decoder.close(), clip.close()]));
beforeEach(() => (cacheFolder = mkdtempSync(join(tmpdir(), "golden-vectors-"))));
afterEach(() => rmSync(cacheFolder, { recursive: true }));

const check = (encoder: Encoder, broughtPath: string | null = null) =>
  checkGoldenVectors({ encoder, decoder, cacheFolder, broughtPath, log: silent });

function change(path: string, name: string, to: (vector: Float32Array) => Float32Array): void {
  const kept = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  const vector = new Float32Array(Uint8Array.from(Buffer.from(kept[name]!, "base64")).buffer);
  const changed = Buffer.from(to(vector).buffer).toString("base64");
  writeFileSync(path, JSON.stringify({ ...kept, [name]: changed }));
}

it("are kept when a model is first used, and agreed with from then on", async () => {
  await check(clip);
  const path = goldenPath(cacheFolder, clip.fingerprint);
  const written = readFileSync(path, "utf8");
  expect(Object.keys(JSON.parse(written) as object)).toEqual([
    'the text "a red cat"',
    'the query "a red cat"',
    "a long text",
    'the text "Ein rotes Kätzchen, 赤い猫 🐈"',
    "the picture of tiles",
    "the picture of a red disc",
  ]);
  await check(clip);
  expect(readFileSync(path, "utf8")).toBe(written);
});

it("of a model of texts have no pictures among them", async () => {
  const encoder = await startTestModel(familyFolder("text-cls"));
  await check(encoder);
  const kept = JSON.parse(readFileSync(goldenPath(cacheFolder, encoder.fingerprint), "utf8")) as object;
  expect(Object.keys(kept).filter((name) => name.includes("picture"))).toEqual([]);
  await check(encoder);
  await encoder.close();
});

it("tell what differs, by how much and what to do", async () => {
  await check(clip);
  const path = goldenPath(cacheFolder, clip.fingerprint);
  change(path, "the picture of tiles", (vector) => vector.map((value) => -value));
  change(path, "a long text", (vector) => vector.toReversed());
  const error = await check(clip).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "MODEL_DRIFTED", message: expect.stringContaining(path) });
  expect(String(error)).toMatch(/\(the picture of tiles: cosine -1\.0000; a long text: cosine .*0\.999 is expected\)/);
  expect(String(error)).toMatch(/MODEL_DEVICE.*delete that file.*COLLECTION_PREFIX/);
});

it("let what machines differ by pass, and no more", async () => {
  await check(clip);
  const path = goldenPath(cacheFolder, clip.fingerprint);
  const turn = (degrees: number) => (vector: Float32Array) => {
    const aside = vector.map((value, i) => (i === 0 ? -vector[1]! : i === 1 ? vector[0]! : 0 * value));
    const length = Math.hypot(...aside);
    const [along, across] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return vector.map((value, i) => along * value + (across * aside[i]!) / length);
  };
  // Cosines of .9998 and .9986.
  change(path, "a long text", turn(1));
  await check(clip);
  change(path, "a long text", turn(2));
  await expect(check(clip)).rejects.toMatchObject({ code: "MODEL_DRIFTED" });
});

it("that are no vectors are said to be so", async () => {
  await check(clip);
  const path = goldenPath(cacheFolder, clip.fingerprint);
  writeFileSync(path, readFileSync(path, "utf8").slice(0, 100));
  const error = { code: "INVALID_MODEL", message: expect.stringMatching(/holds no vectors: delete it/) };
  await expect(check(clip)).rejects.toMatchObject(error);
});

it("come with mini-clip, which is compared with them on its first start", async () => {
  const encoder = await startTestModel("mini-clip");
  await check(encoder, BROUGHT);
  expect(existsSync(join(cacheFolder, "golden"))).toBe(false);
  const other = join(cacheFolder, "other.json");
  writeFileSync(other, readFileSync(BROUGHT));
  change(other, 'the query "a red cat"', (vector) => vector.toReversed());
  await expect(check(encoder, other)).rejects.toMatchObject({ code: "MODEL_DRIFTED" });
  await encoder.close();
});

it("are kept apart by dimension", async () => {
  for (const dimension of [64, 128]) {
    const encoder = await startTestModel(V2_LAYOUT, { dimension });
    await check(encoder, BROUGHT);
    await encoder.close();
  }
  expect(readdirSync(join(cacheFolder, "golden"))).toHaveLength(2);
});
