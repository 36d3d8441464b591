import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type JpegOptions, type Sharp } from "sharp";
import { startImageDecoder } from "../../src/images/decode/decoder";
import { cleanJpeg } from "../../src/images/decode/jpeg/clean-jpeg";
import { cleanPng } from "../../src/images/decode/png/clean-png";
import type { ImageDecoder } from "../../src/ports/image-decoder";
import { pictureAsker } from "../support/decoded-pictures";
import { randomNumbers } from "../support/documents";
import { HIDDEN_IN_JPEG, HIDDEN_IN_PNG, jpegSegment, pngChunk, SECRET, withData } from "../support/hidden-bytes";
import { silent } from "../support/models";

const SIDE = 32;
let decoder: ImageDecoder;

beforeAll(async () => {
  const limits = { maxImageBytes: 5_000_000, maxImagePixels: 50_000_000, maxMemoryBytes: 400 * 1_048_576 };
  decoder = await startImageDecoder({ processes: 2, ...limits, deadlineMs: 20_000, log: silent });
});
afterAll(() => decoder.close());

const { decodeOne, decoded, refusal } = pictureAsker(() => decoder, SIDE);

/** Soft colours with some grain: data of some length, and rows that differ. */
function grainy(width: number, height: number, channels: 3 | 4 = 3) {
  const pixels = randomBytes(width * height * channels).map((byte) => 90 + (byte >> 3));
  return sharp(pixels, { raw: { width, height, channels } });
}
const colours = (width: number, height: number) =>
  sharp(Buffer.from(Array.from({ length: width * height * 3 }, (_, at) => (at % 7) * 30)), {
    raw: { width, height, channels: 3 },
  });

const rawOf = (file: Uint8Array): Promise<Buffer> => sharp(file).raw().toBuffer();
const rgbOf = (file: Uint8Array): Promise<Buffer> => sharp(file).toColourspace("srgb").raw().toBuffer();
/** How far two pictures are apart, in the part of a pixel where they differ most. */
const apart = (a: Buffer, b: Buffer): number =>
  a.reduce((most, part, at) => Math.max(most, Math.abs(part - b[at]!)), 0);
const meanOf = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, part, at) => sum + Math.abs(part - b[at]!), 0) / a.length;
const has = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text);
/** The file's own data without all else; null where they are not to be kept. */
const own = (file: Buffer): Uint8Array | null => (file[0] === 0xff ? cleanJpeg(file) : cleanPng(file));
const isKept = async (file: Buffer): Promise<boolean> =>
  own(file) !== null && Buffer.from((await decoded(file)).cleaned).equals(own(file)!);

const JPEGS = {
  "an ordinary JPEG": () => grainy(61, 43).jpeg(),
  "a large JPEG": () => grainy(803, 605).jpeg(),
  "a high JPEG": () => grainy(201, 1_203).jpeg({ chromaSubsampling: "4:4:4" }),
  "a grey JPEG": () => grainy(61, 43).toColourspace("b-w").jpeg(),
  "a progressive JPEG": () => grainy(301, 243).jpeg({ progressive: true }),
  "a JPEG with restarts": () => ({ toBuffer: () => readFile(join(__dirname, "../fixtures/pictures/restarts.jpg")) }),
} as const;

const PNGS = {
  "an RGB PNG": () => colours(61, 43).png(),
  "a PNG with transparency": () => grainy(61, 43, 4).png(),
  "a grey PNG": () => grainy(61, 43).toColourspace("b-w").png(),
  "a PNG with a palette": () => colours(61, 43).png({ palette: true }),
} as const;

describe("the copy of a picture that is upright and sRGB", () => {
  it.each(Object.entries({ ...JPEGS, ...PNGS }))("of %s has its data, and shows just the same", async (_kind, make) => {
    const file = await make().toBuffer();
    const { width, height, format } = await sharp(file).metadata();
    const image = await decoded(file);

    expect(image).toMatchObject({ width, height, mediaType: `image/${format}` });
    expect(await isKept(file)).toBe(true);
    expect((await rawOf(image.cleaned)).equals(await rawOf(file))).toBe(true);
  });

  it("gives the model the same pixels as a copy that was written anew", async () => {
    const file = await grainy(100, 90).png().toBuffer();
    const interlaced = await sharp(file).png({ progressive: true }).toBuffer();

    expect((await decoded(file)).pixels).toEqual((await decoded(interlaced)).pixels);
  });

  it("is written anew where the picture has to be turned", async () => {
    const file = await grainy(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const image = await decoded(file);

    expect(await sharp(image.cleaned).metadata()).toMatchObject({ width: 40, height: 60 });
  });

  it.each([
    ["a colour profile", () => grainy(60, 40).withIccProfile("p3").jpeg()],
    ["four colours", () => grainy(60, 40).toColourspace("cmyk").jpeg()],
    ["16 bits a sample", () => grainy(60, 40).toColourspace("rgb16").png()],
    ["rows out of order", () => grainy(60, 40).png({ progressive: true })],
    ["data that are hardly packed", () => colours(60, 40).png({ compressionLevel: 0 })],
  ])("is written anew where the picture has %s", async (_what, make) => {
    const file = await make().toBuffer();

    expect(await isKept(file)).toBe(false);
    expect(await decoded(file)).toMatchObject({ width: 60, height: 40 });
  });

  it("shows a JPEG that is RGB, not brightness and colours, as it was", async () => {
    const ycc = await grainy(40, 40).jpeg({ chromaSubsampling: "4:4:4" }).toBuffer();
    const adobe = jpegSegment(0xee, Buffer.from("Adobe\0\x64\0\0\0\0\0", "latin1"));
    const file = Buffer.concat([ycc.subarray(0, 2), adobe, ycc.subarray(2)]);
    const [asIs, copied] = [await rawOf(file), await rawOf((await decoded(file)).cleaned)];

    expect(meanOf(asIs, await rawOf(ycc))).toBeGreaterThan(8);
    expect(meanOf(asIs, copied)).toBeLessThan(4);
  });
});

describe.each(Object.entries(JPEGS))("of what hides in %s nothing is left:", (_kind, make) => {
  it.each(Object.entries(HIDDEN_IN_JPEG))("%s", async (_where, hide) => {
    const plain = await make().toBuffer();
    const file = hide(plain);
    expect([has(plain, SECRET), has(file, SECRET)]).toEqual([false, true]);
    const { cleaned: copy } = await decoded(file);

    expect([has(copy, SECRET), has(copy, "<script>"), has(copy, "PK\x05\x06")]).toEqual(Array(3).fill(false));
    expect(await sharp(copy).metadata()).toMatchObject({ format: "jpeg" });
  });
});

describe.each(Object.entries(PNGS))("of what hides in %s nothing is left:", (_kind, make) => {
  it.each(Object.entries(HIDDEN_IN_PNG))("%s", async (_where, hide) => {
    const plain = await make().toBuffer();
    const file = hide(plain);
    expect([has(plain, SECRET), has(file, SECRET.slice(0, 4))]).toEqual([false, true]);
    const { cleaned: copy } = await decoded(file);

    expect([has(copy, SECRET.slice(0, 4)), has(copy, "<script>")]).toEqual([false, false]);
    expect(apart(await rgbOf(copy), await rgbOf(plain))).toBeLessThanOrEqual(1);
  });
});

it("leaves out the colours of a palette that no pixel has", async () => {
  const file = await colours(61, 43).png({ palette: true, colours: 8 }).toBuffer();
  const at = file.indexOf("PLTE") - 4;
  const [length, end] = [file.readUInt32BE(at), at + 12 + file.readUInt32BE(at)];
  const more = pngChunk("PLTE", Buffer.concat([file.subarray(at + 8, at + 8 + length), Buffer.from(`${SECRET}-`)]));
  const wide = Buffer.concat([file.subarray(0, at), more, file.subarray(end)]);
  // Four bits are what sixteen colours take.
  const { cleaned: copy } = await decoded(wide);

  expect([has(wide, SECRET), has(copy, SECRET)]).toEqual([true, false]);
  expect((await rawOf(copy)).equals(await rawOf(file))).toBe(true);
});

/** The file with other bytes in front of its end, in place of so many of its last ones. */
const withLast = (file: Buffer, lost: number, instead = "") =>
  Buffer.concat([file.subarray(0, file.length - 2 - lost), Buffer.from(instead), file.subarray(-2)]);

describe("what is damaged is refused or written anew, though a smaller picture is all that the model sees:", () => {
  const cuts = [1, 2, 9, 100, 300];

  it.each(Object.entries(JPEGS).flatMap(([kind, make]) => cuts.map((bytes) => [kind, bytes, make] as const)))(
    "%s that lacks its last %i bytes, but not its end",
    async (_kind, bytes, make) => {
      const file = await make().toBuffer();
      const cut = withLast(file, bytes);

      const [outcome, asIs] = [await decodeOne(cut), own(cut)];
      // Refused as a rule. Where it is taken all the same, its copy is a whole file.
      expect(outcome.ok && asIs !== null && Buffer.from(outcome.value.cleaned).equals(asIs)).toBe(false);
    },
  );

  it.each(Object.entries(PNGS))("%s of which some bytes are wrong", async (_kind, make) => {
    const file = withData(await make().toBuffer(), (data) => {
      const middle = data.length >> 1;
      return Buffer.from(data).fill(0xa5, middle, middle + 9);
    });

    expect((await refusal(file)).code).toBe("INVALID_IMAGE");
  });
});

const jpegOf = (options: JpegOptions) => (picture: Sharp) => picture.jpeg({ quality: 80, ...options });
const FINE = { chromaSubsampling: "4:4:4" };
const FAINT_JPEGS: Record<string, (picture: Sharp) => Sharp> = {
  "baseline JPEGs": jpegOf({}),
  "baseline JPEGs with fine colours": jpegOf(FINE),
  "baseline JPEGs with a profile": (picture) => jpegOf(FINE)(picture.withIccProfile("p3")),
  "baseline JPEGs that have to be turned": (picture) => jpegOf(FINE)(picture.withMetadata({ orientation: 6 })),
  "grey JPEGs": (picture) => jpegOf({})(picture.toColourspace("b-w")),
  "progressive JPEGs": jpegOf({ progressive: true }),
  "progressive JPEGs that are nearly lossless": jpegOf({ quality: 95, progressive: true }),
};

/** Forty of noise, the same in every run: their last bits are of little weight, and lost ones hard to see. */
function faint(write: (picture: Sharp) => Sharp): Promise<Buffer[]> {
  const random = randomNumbers(1);
  const [width, height] = [72, 56];
  const noise = () => Buffer.from(Array.from({ length: width * height * 3 }, () => 90 + Math.floor(32 * random())));
  const raw = { width, height, channels: 3 } as const;
  return Promise.all(Array.from({ length: 40 }, () => write(sharp(noise(), { raw })).toBuffer()));
}

describe.each(Object.entries(FAINT_JPEGS))("of %s, however little their last bits show,", (_kind, write) => {
  it.each([1, 2])("those that lack their last %i bytes are refused", async (bytes) => {
    for (const file of await faint(write)) {
      expect((await refusal(withLast(file, bytes))).message).toMatch(/is cut off|is damaged/);
    }
  });

  it("those that are whole and only oddly written are read", async () => {
    for (const file of await faint(write))
      expect(await decodeOne(withLast(file, 0, "odd"))).toMatchObject({ ok: true });
  });
});
