import sharp, { type JpegOptions } from "sharp";
import { judgeJpeg } from "../../../../../src/images/decode/jpeg/judge-jpeg";
import { randomNumbers } from "../../../../support/documents";

const KINDS: Record<string, JpegOptions> = {
  baseline: { quality: 80 },
  "of fine colours": { quality: 60, chromaSubsampling: "4:4:4" },
  progressive: { quality: 80, progressive: true },
  "progressive and nearly lossless": { quality: 95, progressive: true },
};
const EACH = 40;

/** Noise, the same in every run: its last bits are of little weight, and lost ones hard to see. */
async function pictures(options: JpegOptions): Promise<Buffer[]> {
  const random = randomNumbers(1);
  const [width, height] = [72, 56];
  const noise = () => Buffer.from(Array.from({ length: width * height * 3 }, () => 90 + Math.floor(32 * random())));
  const raw = { width, height, channels: 3 } as const;
  return Promise.all(Array.from({ length: EACH }, () => sharp(noise(), { raw }).jpeg(options).toBuffer()));
}

const lacksLast = (file: Buffer, bytes: number) =>
  Buffer.concat([file.subarray(0, file.length - 2 - bytes), file.subarray(-2)]);

describe.each(Object.entries(KINDS))("JPEGs that are %s", (_kind, options) => {
  it.each([1, 2])(
    `are refused where they lack their last %i bytes, however little that shows, ${EACH} of them`,
    async (bytes) => {
      for (const file of await pictures(options)) {
        expect(await judgeJpeg(lacksLast(file, bytes), "odd")).toEqual({
          fault: expect.stringContaining("is cut off"),
        });
      }
    },
  );

  it("are taken where they are whole and only oddly written", async () => {
    for (const file of await pictures(options)) {
      const odd = Buffer.concat([file, Buffer.from("more")]);
      expect(await judgeJpeg(odd, "odd")).toEqual({ bytes: odd });
    }
  });
});
