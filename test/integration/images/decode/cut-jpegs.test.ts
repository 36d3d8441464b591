import sharp, { type JpegOptions } from "sharp";
import { startImageDecoder } from "../../../../src/images/decode/decoder";
import type { ImageDecoder } from "../../../../src/ports/image-decoder";
import { randomNumbers } from "../../../support/documents";
import { silent } from "../../../support/models";
import { coverShape } from "../../../support/pictures";

const KINDS: Record<string, JpegOptions> = {
  baseline: { quality: 80 },
  progressive: { quality: 80, progressive: true },
  "progressive and nearly lossless": { quality: 95, progressive: true },
};
const EACH = 40;
const END_BYTES = 2;

let decoder: ImageDecoder;
beforeAll(async () => {
  const limits = { maxImageBytes: 5_000_000, maxImagePixels: 50_000_000, maxMemoryBytes: 400 * 1_048_576 };
  decoder = await startImageDecoder({ processes: 1, ...limits, deadlineMs: 60_000, log: silent });
});
afterAll(() => decoder.close());

/** Noise, the same in every run: its last bits are of little weight, and lost ones hard to see. */
function pictures(options: JpegOptions): Promise<Buffer[]> {
  const random = randomNumbers(1);
  const [width, height] = [72, 56];
  const noise = () => Buffer.from(Array.from({ length: width * height * 3 }, () => 90 + Math.floor(32 * random())));
  const raw = { width, height, channels: 3 } as const;
  return Promise.all(Array.from({ length: EACH }, () => sharp(noise(), { raw }).jpeg(options).toBuffer()));
}

/** The file with other bytes in front of its end, in place of so many of its last ones. */
const withLast = (file: Buffer, lost: number, instead = "") =>
  Buffer.concat([file.subarray(0, file.length - END_BYTES - lost), Buffer.from(instead), file.subarray(-END_BYTES)]);

/** What became of each: "read", or why not. */
async function decoded(files: readonly Buffer[]): Promise<string[]> {
  const outcomes = await decoder.decode(files, coverShape(32));
  return outcomes.map((one) => (one.ok ? "read" : one.error.message));
}

describe.each(Object.entries(KINDS))("JPEGs that are %s", (_kind, options) => {
  it.each([1, 2])(
    `are refused where they lack their last %i bytes, however little that shows: ${EACH} of them`,
    async (lost) => {
      const cut = (await pictures(options)).map((file) => withLast(file, lost));
      for (const outcome of await decoded(cut)) expect(outcome).toMatch(/is cut off|is damaged/);
    },
  );

  it("are read where they are whole and only oddly written", async () => {
    const odd = (await pictures(options)).map((file) => withLast(file, 0, "odd"));
    expect(await decoded(odd)).toEqual(Array(EACH).fill("read"));
  });
});
