import sharp from "sharp";
import { startImageDecoder } from "../../src/images/decode/decoder";
import type { DecodedImage, ImageDecoder } from "../../src/ports/image-decoder";
import { pictureAsker } from "../support/decoded-pictures";
import { silent } from "../support/models";
import { coverShape, plainPng } from "../support/pictures";

const SIDE = 32;
const MAX_BYTES = 1_000_000;
const RED = { r: 180, g: 60, b: 70 };
const WHITE = { r: 255, g: 255, b: 255 };

let decoder: ImageDecoder;

beforeAll(async () => {
  decoder = await startImageDecoder({
    processes: 2,
    maxImageBytes: MAX_BYTES,
    maxImagePixels: 50_000_000,
    maxMemoryBytes: 400 * 1_048_576,
    deadlineMs: 20_000,
    log: silent,
  });
});
afterAll(() => decoder.close());

const { decoded, refusal, pixelAt } = pictureAsker(() => decoder, SIDE);

const canvas = (width: number, height: number, background: object = RED, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background } });

const centre = (image: DecodedImage): number[] => pixelAt(image, SIDE / 2, SIDE / 2);

/** How far two colours are apart, in the part where they differ most. */
const distance = (actual: readonly number[], expected: readonly number[]): number =>
  Math.max(...expected.map((value, part) => Math.abs(actual[part]! - value)));

/** The header of a PNG of that size, and next to no data. */
async function pngHeader(width: number, height: number): Promise<Buffer> {
  const png = Buffer.from(await plainPng([1, 2, 3], 8));
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe("pictures of every accepted kind", () => {
  it.each([
    ["a JPEG", () => canvas(60, 40).jpeg(), "image/jpeg"],
    ["a PNG", () => canvas(60, 40).png(), "image/png"],
    ["a WebP", () => canvas(60, 40).webp(), "image/webp"],
    ["a GIF", () => canvas(60, 40).gif(), "image/png"],
    ["an AVIF", () => canvas(60, 40).avif(), "image/webp"],
    ["a CMYK JPEG", () => canvas(60, 40).toColourspace("cmyk").jpeg(), "image/jpeg"],
    ["a 16-bit PNG", () => canvas(60, 40).toColourspace("rgb16").png(), "image/png"],
    ["a PNG with a palette", () => canvas(60, 40).png({ palette: true }), "image/png"],
    ["a PNG with a wide colour profile", () => canvas(60, 40).withIccProfile("p3").png(), "image/png"],
  ])("%s becomes square RGB and a clean copy", async (_kind, make, mediaType) => {
    const image = await decoded(await make().toBuffer());

    expect(image).toMatchObject({ width: 60, height: 40, mediaType });
    expect(image.pixels.side).toBe(SIDE);
    expect(image.pixels.rgb).toHaveLength(SIDE * SIDE * 3);
    expect(distance(centre(image), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(24);
    const cleaned = await sharp(image.cleaned).metadata();
    expect(cleaned).toMatchObject({ width: 60, height: 40, format: mediaType.slice("image/".length) });
  });

  it.each([
    ["8-bit", () => canvas(20, 20, { r: 128, g: 128, b: 128 }).toColourspace("b-w").png()],
    ["16-bit", () => canvas(20, 20, { r: 128, g: 128, b: 128 }).toColourspace("grey16").png()],
    ["JPEG", () => canvas(20, 20, { r: 128, g: 128, b: 128 }).toColourspace("b-w").jpeg()],
  ])("grey (%s) becomes RGB of three equal parts", async (_kind, make) => {
    const image = await decoded(await make().toBuffer());

    expect(image.pixels.rgb).toHaveLength(SIDE * SIDE * 3);
    expect(distance(centre(image), [128, 128, 128])).toBeLessThanOrEqual(6);
  });

  it("shows transparency on white, and keeps it in the clean copy", async () => {
    const image = await decoded(
      await canvas(20, 20, { ...RED, alpha: 0 }, 4)
        .png()
        .toBuffer(),
    );

    expect(centre(image)).toEqual([255, 255, 255]);
    expect(await sharp(image.cleaned).metadata()).toMatchObject({ hasAlpha: true });
  });

  it.each([
    [1, 1],
    [1, 5_000],
    [5_000, 1],
    [1, 60_000],
  ])("handles %i × %i", async (width, height) => {
    const image = await decoded(await canvas(width, height).png().toBuffer());

    expect(image).toMatchObject({ width, height });
    expect(image.pixels.rgb).toHaveLength(SIDE * SIDE * 3);
    expect(distance(centre(image), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(6);
  });

  it("keeps an AVIF that is wider than WebP can be as PNG", async () => {
    const file = await canvas(16_384, 16).avif({ effort: 0 }).toBuffer();

    expect(await decoded(file)).toMatchObject({ width: 16_384, height: 16, mediaType: "image/png" });
  });

  it("cuts to the middle square", async () => {
    const edges = { input: await canvas(30, 30, { r: 0, g: 0, b: 255 }).png().toBuffer(), top: 0 };
    const wide = canvas(90, 30).composite([
      { ...edges, left: 0 },
      { ...edges, left: 60 },
    ]);
    const image = await decoded(await wide.png().toBuffer());

    expect(distance(pixelAt(image, 3, 16), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(6);
    expect(distance(pixelAt(image, SIDE - 4, 16), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(6);
  });

  it("takes the first frame of an animated GIF", async () => {
    const blue = await canvas(24, 16, { r: 0, g: 0, b: 255 }).png().toBuffer();
    const red = await canvas(24, 16).png().toBuffer();
    const animated = await sharp([red, blue], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    const image = await decoded(animated);

    expect(image).toMatchObject({ width: 24, height: 16, mediaType: "image/png" });
    expect(distance(centre(image), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(6);
  });

  it("turns a photo upright and forgets where it was taken", async () => {
    const exif = { IFD0: { Copyright: "somebody" }, IFD3: { GPSLatitude: "48/1 12/1 0/1" } };
    const file = await canvas(60, 40).withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await sharp(file).metadata()).toMatchObject({ width: 60, height: 40, orientation: 6 });
    const image = await decoded(file);

    expect(image).toMatchObject({ width: 40, height: 60 });
    const cleaned = await sharp(image.cleaned).metadata();
    expect(cleaned).toMatchObject({ width: 40, height: 60 });
    expect([cleaned.exif, cleaned.icc, cleaned.xmp, cleaned.iptc, cleaned.orientation]).toEqual(
      Array(5).fill(undefined),
    );
  });
});

describe("the model's square", () => {
  const noise = (width: number, height: number) =>
    sharp({
      create: { width, height, channels: 3, background: RED, noise: { type: "gaussian", mean: 128, sigma: 60 } },
    });
  const scaled = (image: sharp.Sharp) => image.resize(SIDE, SIDE, { fit: "cover", kernel: "cubic" });
  const rgbOf = (image: sharp.Sharp) => image.flatten({ background: WHITE }).toColourspace("srgb").raw().toBuffer();
  const farthest = (one: Uint8Array, other: Uint8Array): number => distance([...one], [...other]);

  it.each([
    ["a wide JPEG", () => noise(407, 258).jpeg()],
    ["a tall JPEG", () => noise(258, 407).jpeg({ progressive: true })],
    ["a small JPEG", () => noise(9, 7).jpeg()],
    ["a grey JPEG", () => noise(407, 258).toColourspace("b-w").jpeg()],
    ["a PNG", () => noise(407, 258).png()],
    ["a half clear PNG", () => noise(407, 258).ensureAlpha(0.5).png()],
  ])("of %s is made of all its samples", async (_kind, make) => {
    const file = await make().toBuffer();
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const unpacked = await scaled(sharp(data, { raw: info }))
      .png()
      .toBuffer();

    expect(farthest((await decoded(file)).pixels.rgb, await rgbOf(sharp(unpacked)))).toBeLessThanOrEqual(1);
  });

  it("is not that of a JPEG which is unpacked at a part of its size", async () => {
    const file = await noise(407, 258).jpeg().toBuffer();

    expect(farthest((await decoded(file)).pixels.rgb, await rgbOf(scaled(sharp(file))))).toBeGreaterThan(1);
  });
});

describe("what a picture carries besides its pixels", () => {
  const exif = { IFD0: { Copyright: "SECRET-7" } };
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="SECRET-7"/></rdf:RDF></x:xmpmeta>`;
  const signed = () => canvas(60, 40).withExif(exif).withXmp(xmp).withIccProfile("p3");

  it.each([
    ["a JPEG", async () => withComment(await signed().jpeg().toBuffer())],
    ["a PNG", async () => withText(await signed().png().toBuffer())],
    ["a WebP", () => signed().webp().toBuffer()],
    ["an AVIF", () => signed().avif().toBuffer()],
  ])("of %s nothing is left in the clean copy", async (_kind, make) => {
    const file = await make();
    expect(Buffer.from(file).includes("SECRET-7")).toBe(true);
    const { cleaned } = await decoded(file);

    expect(Buffer.from(cleaned).includes("SECRET-7")).toBe(false);
    const { exif: anExif, xmp: anXmp, icc, iptc, comments } = await sharp(cleaned).metadata();
    expect([anExif, anXmp, icc, iptc, comments]).toEqual(Array(5).fill(undefined));
  });

  it("turns the colours of a wide profile into those of sRGB", async () => {
    const file = await canvas(20, 20, { r: 255, g: 0, b: 0 }).withIccProfile("p3").png().toBuffer();
    const asWritten = await sharp(file, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
    expect(distance([...asWritten.subarray(0, 3)], [255, 0, 0])).toBeGreaterThan(15);
    const image = await decoded(file);

    expect(distance(centre(image), [255, 0, 0])).toBeLessThanOrEqual(3);
    expect([...(await sharp(image.cleaned).raw().toBuffer()).subarray(0, 3)]).toEqual(centre(image));
  });
});

/** A comment segment behind the start of the picture. */
const withComment = (jpeg: Buffer): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 10]), Buffer.from("SECRET-7"), jpeg.subarray(2)]);

/** A text chunk behind the header. */
function withText(png: Buffer): Buffer {
  const chunk = Buffer.alloc(8 + 10 + 4);
  chunk.writeUInt32BE(10, 0);
  chunk.write("tEXtk\0SECRET-7", 4, "latin1");
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 18)), 18);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

describe("thumbnails", () => {
  const TYPES = ["image/webp", "image/avif", "image/jpeg"] as const;
  const headerOf = async (bytes: Uint8Array) => {
    const { format, compression, width, height, hasAlpha, exif, icc, xmp } = await sharp(bytes).metadata();
    return { type: `image/${compression === "av1" ? "avif" : format}`, width, height, hasAlpha, exif, icc, xmp };
  };
  const nothing = { exif: undefined, icc: undefined, xmp: undefined };

  it.each(TYPES)("are as wide as was asked for, in shape, without metadata: %s", async (type) => {
    const file = await canvas(600, 300)
      .withExif({ IFD0: { Copyright: "me" } })
      .withIccProfile("p3")
      .jpeg()
      .toBuffer();
    const thumbnail = await decoder.thumbnail(file, 128, type);

    expect(await headerOf(thumbnail)).toEqual({ type, width: 128, height: 64, hasAlpha: false, ...nothing });
    const [r, g, b] = await sharp(thumbnail).toColourspace("srgb").raw().toBuffer();
    expect(distance([r!, g!, b!], [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(8);
  });

  it.each(["image/webp", "image/avif"] as const)("are never enlarged and keep transparency: %s", async (type) => {
    const file = await canvas(40, 30, { ...RED, alpha: 0.5 }, 4)
      .png()
      .toBuffer();

    expect(await headerOf(await decoder.thumbnail(file, 512, type))).toMatchObject({
      width: 40,
      height: 30,
      hasAlpha: true,
    });
  });

  it("lie on white as JPEG where they are transparent, on a dark ground where they are white", async () => {
    const cornerOf = async (colour: object) => {
      const drawn = canvas(40, 30, { ...WHITE, alpha: 0 }, 4).composite([
        {
          input: await canvas(20, 20, { ...WHITE, ...colour, alpha: 1 }, 4)
            .png()
            .toBuffer(),
          left: 15,
          top: 5,
        },
      ]);
      const thumbnail = await decoder.thumbnail(await drawn.png().toBuffer(), 512, "image/jpeg");
      expect(await headerOf(thumbnail)).toMatchObject({ type: "image/jpeg", width: 40, height: 30, hasAlpha: false });
      return (await sharp(thumbnail).raw().toBuffer())[0]!;
    };
    expect(await cornerOf({ b: 0, g: 0 })).toBeGreaterThan(240);
    expect(await cornerOf({})).toBeLessThan(60);
  });

  it.each(TYPES)("stand upright: %s", async (type) => {
    const file = await canvas(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();

    expect(await headerOf(await decoder.thumbnail(file, 20, type))).toMatchObject({ width: 20, height: 30 });
  });

  it("of a strip are at most twice as high as was asked for", async () => {
    const file = await canvas(100, 5_000).png().toBuffer();

    expect(await headerOf(await decoder.thumbnail(file, 64, "image/webp"))).toMatchObject({ width: 3, height: 128 });
  });

  it.each([
    ["INVALID_IMAGE", async () => (await noise().jpeg().toBuffer()).subarray(0, 4_000)],
    ["UNSUPPORTED_MEDIA_TYPE", async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
  ])("throw %s as decoding fails", async (code, make) => {
    await expect(decoder.thumbnail(await make(), 64, "image/webp")).rejects.toMatchObject({ name: "AppError", code });
  });
});

describe("files that are no picture", () => {
  const svg = `<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`;

  it.each([
    ["text called .png", Buffer.from("these are not pixels, SECRET-7"), "plain text"],
    ["SVG", Buffer.from(svg), "SVG"],
    ["a web page", Buffer.from("<!DOCTYPE html><html><svg></svg></html>"), "a web page"],
    ["PDF", Buffer.from("%PDF-1.7\n"), "PDF"],
    ["random bytes", Buffer.from([1, 2, 3, 4, 250, 251]), "an unknown kind"],
  ])("%s: says what it looks like and what is accepted", async (_kind, file, looksLike) => {
    const { code, message } = await refusal(file);

    expect(code).toBe("UNSUPPORTED_MEDIA_TYPE");
    expect(message).toContain(looksLike);
    expect(message).toContain("JPEG, PNG, WebP, GIF, AVIF and HEIC");
    expect(message).not.toContain("SECRET-7");
  });

  it("TIFF, though the library could read it", async () => {
    const { code, message } = await refusal(await canvas(9, 9).tiff().toBuffer());

    expect({ code, message }).toEqual({ code: "UNSUPPORTED_MEDIA_TYPE", message: expect.stringContaining("TIFF") });
  });

  it.each([
    ["nothing at all", async () => Buffer.alloc(0)],
    ["a JPEG that was cut off", async () => (await noise().jpeg().toBuffer()).subarray(0, 4_000)],
    ["a PNG that was cut off", async () => (await noise().png().toBuffer()).subarray(0, 4_000)],
    ["a WebP that was cut off", async () => (await noise().webp().toBuffer()).subarray(0, 2_000)],
    ["an AVIF that was cut off", async () => (await noise().avif().toBuffer()).subarray(0, 1_000)],
    ["a GIF of its header only", async () => Buffer.from("GIF89a")],
    ["a JPEG of its first bytes only", async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ["a HEIC of its head only", async () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1")],
    ["a video frame that claims to be AVIF", async () => Buffer.from("\0\0\0\x14ftypavif\0\0\0\0avif....", "latin1")],
  ])("%s is INVALID_IMAGE", async (_kind, make) => {
    expect((await refusal(await make())).code).toBe("INVALID_IMAGE");
  });
});

const noise = () =>
  sharp({
    create: {
      width: 120,
      height: 120,
      channels: 3,
      background: RED,
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });

describe("pictures over a limit", () => {
  it("refuses a 100-megapixel PNG by its header, with both numbers", async () => {
    const { code, message } = await refusal(await pngHeader(10_000, 10_000));

    expect(code).toBe("TOO_LARGE");
    expect(message).toContain("10000 × 10000");
    expect(message).toContain("50000000");
  });

  it("refuses by its header what takes more memory than a decoder may take, with both numbers", async () => {
    const { code, message } = await refusal(await pngHeader(6_000, 6_000));

    expect(code).toBe("TOO_LARGE");
    expect(message).toMatch(/6000 × 6000 .* about 4\d\d MB.* 400/);
  });

  it("refuses a side that takes too many rows", async () => {
    expect(await refusal(await pngHeader(1, 70_000))).toMatchObject({
      code: "TOO_LARGE",
      message: expect.stringContaining("65535 a side"),
    });
  });

  it("refuses a WebP of more frames than can be walked through in time", async () => {
    const file = await canvas(8, 8).webp().toBuffer();
    const frame = Buffer.from("ANMF\0\0\0\0", "latin1");
    const many = Buffer.concat([file, ...Array<Buffer>(10_001).fill(frame)]);

    expect(await refusal(many)).toMatchObject({ code: "TOO_LARGE", message: expect.stringContaining("10001 frames") });
  });

  it("refuses a JPEG whose scans go over too many pixels", async () => {
    const file = await canvas(4_000, 4_000).jpeg({ progressive: true }).toBuffer();
    const last = file.lastIndexOf(Buffer.from([0xff, 0xda]));
    const scan = file.subarray(last, -2);
    const many = Buffer.concat([file.subarray(0, last), ...Array<Buffer>(40).fill(scan), file.subarray(-2)]);

    expect(await refusal(many)).toMatchObject({ code: "TOO_LARGE", message: expect.stringContaining("49 scans") });
  });

  it("refuses too many bytes, with both numbers", async () => {
    const { code, message } = await refusal(Buffer.alloc(MAX_BYTES + 1));

    expect(code).toBe("TOO_LARGE");
    expect(message).toContain(`${MAX_BYTES + 1}`);
    expect(message).toContain(`${MAX_BYTES} `);
  });
});

describe("several files", () => {
  it("answers in order, the bad ones apart", async () => {
    const good = await Promise.all([8, 9, 10].map((side) => plainPng([side, 0, 0], side)));
    const outcomes = await decoder.decode(
      [good[0]!, Buffer.from("no"), good[1]!, Buffer.alloc(0), good[2]!],
      coverShape(SIDE),
    );

    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.width : outcome.error.code))).toEqual([
      8,
      "UNSUPPORTED_MEDIA_TYPE",
      9,
      "INVALID_IMAGE",
      10,
    ]);
  });

  it("answers none with none", async () => {
    expect(await decoder.decode([], coverShape(SIDE))).toEqual([]);
  });
});
