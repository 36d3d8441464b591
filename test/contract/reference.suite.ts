import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/errors";
import { startImageDecoder } from "../../src/images/decode/decoder";
import type { Vector } from "../../src/documents/document";
import type { Encoder, EncodingRole } from "../../src/ports/encoder";
import type { ImageDecoder } from "../../src/ports/image-decoder";
import { FAMILIES_FOLDER, silent, startTestModel } from "../support/models";

/** What the reference implementation made of the samples, in their order: unit vectors as base64. */
interface Reference {
  readonly documents: readonly string[];
  /** Left out where queries are encoded as documents are. */
  readonly queries?: readonly string[];
  /** Left out by models of texts only. */
  readonly images?: readonly string[];
  /** SHA-256 of the squares that the model saw of the pictures: RGB, 8 bits. */
  readonly squares?: readonly string[];
}

interface Samples {
  readonly texts: readonly string[];
  readonly pictures: readonly string[];
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const vectorOf = (base64: string): Vector => new Float32Array(Uint8Array.from(Buffer.from(base64, "base64")).buffer);

/** The largest difference of two numbers of two vectors at one place. */
const distance = (a: Vector, b: Vector): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);

/** The samples whose vectors are not the reference's, to 1e-4. */
const unlike = (names: readonly string[], found: readonly Vector[], wanted: readonly string[]): string[] =>
  names.flatMap((name, i) => {
    const apart = distance(found[i]!, vectorOf(wanted[i]!));
    return apart <= 1e-4 ? [] : [`${JSON.stringify(name.slice(0, 40))}: ${apart}`];
  });

/** A model's vectors are those of the reference implementation; `folder` has them in reference.json. */
export function referenceContract(folder: string): void {
  const reference = read(join(folder, "reference.json")) as Reference;
  const { texts, pictures } = read(join(FAMILIES_FOLDER, "samples.json")) as Samples;
  let encoder: Encoder;
  let decoder: ImageDecoder;
  beforeAll(async () => {
    encoder = await startTestModel(folder);
    const limits = { maxImageBytes: 2 ** 20, maxImagePixels: 1_000_000, maxMemoryBytes: 2 ** 30 };
    decoder = await startImageDecoder({ processes: 1, deadlineMs: 20_000, ...limits, log: silent });
  });
  afterAll(() => Promise.all([encoder.close(), decoder.close()]));

  const encode = async (given: readonly string[], role: EncodingRole) =>
    (await encoder.encodeTexts(given, role)).map((one) => unwrap(one).vector);

  it("agrees with the reference on texts of all kinds, encoded together", async () => {
    expect(unlike(texts, await encode(texts, "document"), reference.documents)).toEqual([]);
  });

  it("agrees with the reference on texts one by one", async () => {
    const found: Vector[] = [];
    for (const text of texts) found.push(...(await encode([text], "document")));
    expect(unlike(texts, found, reference.documents)).toEqual([]);
  });

  it("agrees with the reference on queries", async () => {
    const wanted = reference.queries ?? reference.documents;
    expect(unlike(texts, await encode(texts, "query"), wanted)).toEqual([]);
  });

  if (reference.images === undefined || reference.squares === undefined) return;
  const { images, squares } = reference;

  it("shows the model what the reference shows it of odd pictures, and agrees on their vectors", async () => {
    const files = pictures.map((name) => readFileSync(join(FAMILIES_FOLDER, "pictures", name)));
    const pixels = (await decoder.decode(files, encoder.picture!)).map((one) => unwrap(one).pixels);
    const hashes = pixels.map(({ rgb }) => createHash("sha256").update(rgb).digest("hex"));
    expect(pictures.filter((_, i) => hashes[i] !== squares[i])).toEqual([]);
    const found = (await encoder.encodeImages(pixels, "document")).map((one) => unwrap(one).vector);
    expect(unlike(pictures, found, images)).toEqual([]);
  });
}
