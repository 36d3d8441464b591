import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { startImageDecoder } from "../../src/images/decode/decoder";
import type { DecodedImage, ImageDecoder } from "../../src/ports/image-decoder";
import { pictureAsker } from "../support/decoded-pictures";
import { silent } from "../support/models";

const SIDE = 32;
const MAX_BYTES = 400_000;

let decoder: ImageDecoder;
beforeAll(async () => {
  decoder = await startImageDecoder({
    processes: 1,
    maxImageBytes: MAX_BYTES,
    maxImagePixels: 50_000_000,
    maxMemoryBytes: 768 * 1_048_576,
    deadlineMs: 20_000,
    log: silent,
  });
});
afterAll(() => decoder.close());

const { decoded, refusal, pixelAt } = pictureAsker(() => decoder, SIDE);

const fixture = (name: string): Buffer => readFileSync(join(__dirname, "../fixtures/pictures", name));
const distance = (actual: readonly number[], expected: readonly number[]): number =>
  Math.max(...expected.map((value, part) => Math.abs(actual[part]! - value)));
const meanDistance = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, part, at) => sum + Math.abs(part - b[at]!), 0) / a.length;
const rawOf = (file: Uint8Array): Promise<Buffer> => sharp(file).raw().toBuffer();

/** Top left, top right, bottom left, bottom right, each by the colour of the fixtures that it is nearest to. */
const COLOURS = { red: [200, 40, 40], green: [40, 160, 60], blue: [40, 60, 200], yellow: [230, 200, 60] };
function cornersOf(image: DecodedImage): string[] {
  const far = SIDE - 4;
  const places = [
    [3, 3],
    [far, 3],
    [3, far],
    [far, far],
  ] as const;
  return places.map(([x, y]) => {
    const ranked = Object.entries(COLOURS).map(
      ([name, colour]) => [name, distance(pixelAt(image, x, y), colour)] as const,
    );
    return ranked.reduce((a, b) => (b[1] < a[1] ? b : a))[0];
  });
}

const UPRIGHT = ["red", "green", "blue", "yellow"];
const quarters = () => {
  const quarter = (background: string, left: number, top: number) => ({
    input: { create: { width: 48, height: 32, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width: 96, height: 64, channels: 3, background: "rgb(200,40,40)" } }).composite([
    quarter("rgb(40,160,60)", 48, 0),
    quarter("rgb(40,60,200)", 0, 32),
    quarter("rgb(230,200,60)", 48, 32),
  ]);
};
const busy = () =>
  sharp({
    create: {
      width: 160,
      height: 120,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma: 50 },
    },
  });

describe("JPEGs that are oddly written and whole", () => {
  const insert = (file: Buffer, at: number, bytes: number[]) =>
    Buffer.concat([file.subarray(0, at), Buffer.from(bytes), file.subarray(at)]);
  const markerAt = (file: Buffer, marker: number, from = 2) => file.indexOf(Buffer.from([0xff, marker]), from);
  const patched = (file: Buffer, at: number, byte: number) =>
    Buffer.concat([file.subarray(0, at), Buffer.from([byte]), file.subarray(at + 1)]);
  const baseline = () => busy().jpeg().toBuffer();
  const progressive = () => busy().jpeg({ progressive: true }).toBuffer();
  const restarts = async () => fixture("restarts.jpg");

  it.each<[string, () => Promise<Buffer>, (file: Buffer) => Buffer]>([
    ["an SOS header of a Samsung phone", baseline, (file) => patched(file, markerAt(file, 0xda) + 12, 0)],
    ["stray bytes before a marker", baseline, (file) => insert(file, markerAt(file, 0xc0), [1, 2, 3])],
    [
      "zeros before a scan",
      progressive,
      (file) => insert(file, file.lastIndexOf(Buffer.from([0xff, 0xda])), Array(30).fill(0)),
    ],
    ["junk before a restart", restarts, (file) => insert(file, markerAt(file, 0xd3), [7, 8, 9, 10])],
    ["junk before the end", progressive, (file) => insert(file, file.length - 2, Array(50).fill(0x11))],
    ["no end", baseline, (file) => file.subarray(0, -2)],
    ["no end", progressive, (file) => file.subarray(0, -2)],
    ["half an end", progressive, (file) => file.subarray(0, -1)],
    ["a trailer", baseline, (file) => Buffer.concat([file, Buffer.alloc(500, "SEFT")])],
  ])("with %s are read, to the last pixel", async (_what, make, damage) => {
    const whole = await make();
    const [image, odd] = [await decoded(whole), await decoded(damage(whole))];

    expect(Buffer.from(odd.pixels.rgb).equals(Buffer.from(image.pixels.rgb))).toBe(true);
    // Its copy is written anew, that of the other has the data that came: rows that are missing are farther off.
    const [copy, kept] = [await rawOf(odd.cleaned), await rawOf(image.cleaned)];
    const lastRows = copy.length / 15;
    expect(copy).toHaveLength(kept.length);
    expect(meanDistance(copy, kept)).toBeLessThan(8);
    expect(meanDistance(copy.subarray(-lastRows), kept.subarray(-lastRows))).toBeLessThan(8);
  });

  it.each<[string, () => Promise<Buffer>, (file: Buffer) => Buffer]>([
    ["its last byte", baseline, (file) => file.subarray(0, -3)],
    ["its second half", baseline, (file) => file.subarray(0, file.length / 2)],
    [
      "its second half, and has an end",
      baseline,
      (file) => Buffer.concat([file.subarray(0, file.length / 2), Buffer.from([0xff, 0xd9])]),
    ],
    ["its second half", progressive, (file) => file.subarray(0, file.length / 2)],
    ["its last scan", progressive, (file) => file.subarray(0, file.lastIndexOf(Buffer.from([0xff, 0xda])))],
    ["its second half", restarts, (file) => file.subarray(0, file.length / 2)],
    [
      "a restart",
      restarts,
      (file) => Buffer.concat([file.subarray(0, markerAt(file, 0xd2)), file.subarray(markerAt(file, 0xd3))]),
    ],
  ])("are told as cut off when one lacks %s", async (_what, make, damage) => {
    expect(await refusal(damage(await make()))).toEqual(
      expect.objectContaining({ code: "INVALID_IMAGE", message: expect.stringContaining("cut off") }),
    );
  });

  it("are not told as cut off when they are of a kind that no viewer shows", async () => {
    const file = await baseline();
    const lossless = patched(file, markerAt(file, 0xc0) + 1, 0xc3);

    expect((await refusal(lossless)).message).not.toContain("cut off");
  });
});

describe("how a picture stands", () => {
  const xmp = (orientation: number) =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="${orientation}"/></rdf:RDF></x:xmpmeta>`;

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is told by XMP where EXIF says nothing: %i", async (orientation) => {
    const byExif = await decoded(await quarters().withMetadata({ orientation }).png().toBuffer());
    for (const format of ["jpeg", "png", "webp"] as const) {
      const image = await decoded(await quarters().withXmp(xmp(orientation)).toFormat(format).toBuffer());
      expect([image.width, image.height, cornersOf(image)]).toEqual([byExif.width, byExif.height, cornersOf(byExif)]);
    }
  });

  it("is upright where EXIF says 0, as some cameras write", async () => {
    const file = await quarters().jpeg().toBuffer();
    const exif = Buffer.from(
      "\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0",
      "latin1",
    );
    const image = await decoded(Buffer.concat([file.subarray(0, 2), exif, file.subarray(2)]));

    expect([image.width, image.height, cornersOf(image)]).toEqual([96, 64, UPRIGHT]);
  });

  it("is told by XMP's element too, and by EXIF first", async () => {
    const element = xmp(1).replace(
      'tiff:Orientation="1"/>',
      "><tiff:Orientation>6</tiff:Orientation></rdf:Description>",
    );
    expect(await decoded(await quarters().withXmp(element).jpeg().toBuffer())).toMatchObject({ width: 64, height: 96 });
    const both = quarters().withXmp(xmp(6)).withMetadata({ orientation: 3 });

    expect(cornersOf(await decoded(await both.jpeg().toBuffer()))).toEqual(UPRIGHT.toReversed());
  });
});

describe("HEIC", () => {
  it("is read in its colours, and kept as JPEG", async () => {
    const image = await decoded(fixture("corners.heic"));

    expect(image).toMatchObject({ width: 96, height: 64, mediaType: "image/jpeg" });
    expect(cornersOf(image)).toEqual(UPRIGHT);
    for (const [x, y, colour] of [
      [3, 3, COLOURS.red],
      [28, 28, COLOURS.yellow],
    ] as const) {
      expect(distance(pixelAt(image, x, y), colour)).toBeLessThanOrEqual(4);
    }
    expect(await sharp(image.cleaned).metadata()).toMatchObject({ format: "jpeg", width: 96, height: 64 });
  });

  it.each([
    ["one that is stored turned", "turned.heic", 64, 96],
    ["tiles, turned, the last ones cut, as phones write them", "tiled.heic", 112, 96],
  ])("stands upright: %s", async (_what, name, width, height) => {
    const image = await decoded(fixture(name));

    expect([image.width, image.height, cornersOf(image)]).toEqual([width, height, ["blue", "red", "yellow", "green"]]);
  });

  it("of a wide colour profile gets the colours that its numbers mean there", async () => {
    const image = await decoded(fixture("wide.heic"));

    // Display P3's (200, 40, 40) and (40, 160, 60) in sRGB.
    expect(distance(pixelAt(image, 3, 3), [218, 0, 27])).toBeLessThanOrEqual(6);
    expect(distance(pixelAt(image, 28, 3), [0, 163, 40])).toBeLessThanOrEqual(6);
  });

  it("with transparency lies on white and keeps it in the copy", async () => {
    const image = await decoded(fixture("alpha.heic"));

    expect(image.mediaType).toBe("image/webp");
    expect(await sharp(image.cleaned).metadata()).toMatchObject({ hasAlpha: true });
    expect(distance(pixelAt(image, 3, 0), [255, 255, 255])).toBeLessThanOrEqual(12);
    expect(distance(pixelAt(image, 3, 31), COLOURS.blue)).toBeLessThanOrEqual(12);
  });

  it.each(["deep.heic", "grey.heic"])("%s is read", async (name) => {
    expect(await decoded(fixture(name))).toMatchObject({ width: 96, height: 64, mediaType: "image/jpeg" });
  });

  it("whose EXIF is said to lie behind its end is read: programs that edit it get that wrong", async () => {
    const file = fixture("turned.heic");
    const location = file.indexOf("iloc");
    const exif = file.indexOf(Buffer.from([0, 0, 0x02, 0x79]), location);
    expect(exif).toBeGreaterThan(location);
    file.writeUInt32BE(0x7fff0000, exif);

    expect(await decoded(file)).toMatchObject({ width: 64, height: 96 });
  });

  it("shows its main picture, wherever in the file that stands", async () => {
    expect(cornersOf(await decoded(fixture("second.heic")))).toEqual(UPRIGHT);
  });

  const claiming = (width: number, height: number) => {
    const file = fixture("corners.heic");
    const at = file.indexOf("ispe") + 8;
    file.writeUInt32BE(width, at);
    file.writeUInt32BE(height, at + 4);
    return file;
  };
  const otherCoding = () => {
    const file = fixture("corners.heic");
    file.write("jpeg", file.indexOf("hvc1"), "latin1");
    return file;
  };
  it.each([
    ["too many pixels", () => claiming(10_000, 10_000), "TOO_LARGE", "10000 × 10000"],
    ["another size than it holds", () => claiming(640, 480), "INVALID_IMAGE", "HEIC"],
    ["a picture in another coding", () => otherCoding(), "UNSUPPORTED_MEDIA_TYPE", "codec other than HEVC"],
    ["its first half only", () => fixture("corners.heic").subarray(0, 300), "INVALID_IMAGE", "HEIC"],
    ["its data cut off", () => fixture("tiled.heic").subarray(0, -60), "INVALID_IMAGE", "HEIC"],
  ])("with %s is refused", async (_what, make, code, words) => {
    expect(await refusal(make())).toEqual(expect.objectContaining({ code, message: expect.stringContaining(words) }));
  });
});

describe("PNG", () => {
  const chunksOf = (png: Buffer) => {
    const chunks: Buffer[] = [];
    for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
      chunks.push(Buffer.from(png.subarray(at, at + 12 + png.readUInt32BE(at))));
    }
    return chunks;
  };
  const kindOf = (chunk: Buffer) => chunk.toString("latin1", 4, 8);
  const rewritten = (png: Buffer, rewrite: (chunks: Buffer[]) => Buffer[]) =>
    Buffer.concat([png.subarray(0, 8), ...rewrite(chunksOf(png))]);
  const spoil = (chunk: Buffer, at: number) => {
    chunk[at]! ^= 255;
    return chunk;
  };
  const chunk = (kind: string, data: Buffer) => {
    const whole = Buffer.alloc(12 + data.length);
    whole.writeUInt32BE(data.length, 0);
    whole.write(kind, 4, "latin1");
    data.copy(whole, 8);
    return whole;
  };

  it.each<[string, (chunks: Buffer[]) => Buffer[]]>([
    [
      "a wrong checksum of its data",
      (all) => all.map((one) => (kindOf(one) === "IDAT" ? spoil(one, one.length - 1) : one)),
    ],
    ["a wrong checksum of a text", (all) => [all[0]!, chunk("tEXt", Buffer.from("Comment\0hello")), ...all.slice(1)]],
    ["a broken colour profile", (all) => [all[0]!, chunk("iCCP", Buffer.from("icc\0\0no zlib")), ...all.slice(1)]],
    ["no end", (all) => all.filter((one) => kindOf(one) !== "IEND")],
    ["a trailer", (all) => [...all, Buffer.alloc(100, 7)]],
  ])("with %s is read, to the last pixel", async (_what, rewrite) => {
    const png = await busy().png().toBuffer();
    const [image, odd] = [await decoded(png), await decoded(rewritten(png, rewrite))];

    expect(Buffer.from(odd.cleaned).equals(Buffer.from(image.cleaned))).toBe(true);
  });

  it("with other data than were written is refused, whatever its checksums say", async () => {
    const png = await busy().png().toBuffer();
    const spoilt = rewritten(png, (all) =>
      all.map((one) => (kindOf(one) === "IDAT" ? spoil(one, one.length >> 1) : one)),
    );

    expect((await refusal(spoilt)).code).toBe("INVALID_IMAGE");
  });
});

describe("GIF", () => {
  it("with another picture in the place of its end is read, and one that is cut off is not", async () => {
    const gif = await quarters().gif().toBuffer();
    const [image, odd] = [await decoded(gif), await decoded(Buffer.concat([gif.subarray(0, -1), gif]))];

    expect(Buffer.from(odd.cleaned).equals(Buffer.from(image.cleaned))).toBe(true);
    expect((await refusal(gif.subarray(0, gif.length - 40))).code).toBe("INVALID_IMAGE");
  });
});

it("shows an image sequence's first frame", async () => {
  const image = await decoded(fixture("frames.avifs"));

  expect(image).toMatchObject({ width: 96, height: 64, mediaType: "image/webp" });
  expect(distance(pixelAt(image, 16, 16), COLOURS.red)).toBeLessThanOrEqual(6);
});

describe("the kept copy", () => {
  const detailed = (quality: number) => busy().resize(600, 450, { kernel: "cubic" }).jpeg({ quality }).toBuffer();

  it.each([60, 75, 90, 100])("of a JPEG of quality %i is about as large as what came", async (quality) => {
    const file = await detailed(quality);
    const { cleaned, mediaType } = await decoded(file);

    expect(mediaType).toBe("image/jpeg");
    expect(cleaned.byteLength).toBeLessThanOrEqual(file.byteLength * 1.1);
    const [before, after] = await Promise.all([file, cleaned].map((one) => sharp(one).raw().toBuffer()));
    const error = before!.reduce((sum, value, at) => sum + (value - after![at]!) ** 2, 0) / before!.length;
    expect(error).toBeLessThan(40);
  });

  it.each(["png", "gif"] as const)(
    "of a drawing in a %s with a palette is about as large, in the same colours",
    async (format) => {
      const file = await quarters()
        .resize(600, 400, { kernel: "cubic" })
        .toFormat(format, { palette: true })
        .toBuffer();
      const { cleaned } = await decoded(file);

      expect(cleaned.byteLength).toBeLessThanOrEqual(file.byteLength * 1.1);
      const pixels = await Promise.all([file, cleaned].map((one) => sharp(one).removeAlpha().raw().toBuffer()));
      expect(pixels[1]!.every((value, at) => Math.abs(value - pixels[0]![at]!) <= 2)).toBe(true);
    },
  );

  it("gives thumbnails though it is larger than a stranger's file may be", async () => {
    const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
    const copy = await sharp({ create: { width: 500, height: 500, channels: 3, background: "#888", noise } })
      .png()
      .toBuffer();
    expect(copy.byteLength).toBeGreaterThan(MAX_BYTES);
    expect(await refusal(copy)).toMatchObject({ code: "TOO_LARGE" });

    const thumbnail = await decoder.thumbnail(copy, 64, "image/webp");
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 64, height: 64 });
  });
});

describe("drawings on nothing", () => {
  const drawing = (shape: string, colour: string) =>
    sharp(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" fill="${colour}">${shape}</svg>`),
    );
  const [circle, bar] = ['<circle cx="32" cy="32" r="24"/>', '<rect x="8" y="24" width="48" height="16"/>'];

  it.each(["#ffffff", "#f4f4f4"])("of %s lie on a ground on which they are seen", async (colour) => {
    const [one, other] = await Promise.all(
      [circle, bar].map(async (shape) => decoded(await drawing(shape, colour).png().toBuffer())),
    );

    expect(pixelAt(one!, 16, 16)[0]! - pixelAt(one!, 1, 1)[0]!).toBeGreaterThan(150);
    expect(Buffer.from(one!.pixels.rgb).equals(Buffer.from(other!.pixels.rgb))).toBe(false);
  });

  it.each(["#000000", "#d02030", "#ffe000"])("of %s lie on white", async (colour) => {
    expect(pixelAt(await decoded(await drawing(circle, colour).png().toBuffer()), 1, 1)).toEqual([255, 255, 255]);
  });

  it("of white and black lie on white, as does what is not transparent", async () => {
    const outlined = `${circle}<circle cx="32" cy="32" r="24" fill="none" stroke="black" stroke-width="6"/>`;
    const opaque = await drawing(circle, "#ffffff").flatten({ background: "#fefefe" }).png().toBuffer();

    for (const file of [await drawing(outlined, "#ffffff").png().toBuffer(), opaque]) {
      expect(Math.min(...pixelAt(await decoded(file), 1, 1))).toBeGreaterThan(250);
    }
  });
});
