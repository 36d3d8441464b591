import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { startImageDecoder } from "../../../../src/images/decode/decoder";
import { openMediaFolder } from "../../../../src/images/media/media-folder";
import { Thumbnails } from "../../../../src/images/media/thumbnails";
import { THUMBNAIL_WIDTHS } from "../../../../src/documents/thumbnail";
import type { ImageDecoder } from "../../../../src/ports/image-decoder";
import type { MediaStore, ThumbnailKey } from "../../../../src/ports/media-store";
import { silent } from "../../../support/models";
import { plainPng } from "../../../support/pictures";

const PICTURE = { tenant: "default", contentHash: "ab".repeat(32), mediaType: "image/png" };
const thumbnail = (width: number): ThumbnailKey => ({ picture: PICTURE, width, mediaType: "image/webp" });

let decoder: ImageDecoder;
let root: string;
let media: MediaStore;
let made: number[];
let atOnce: number;
let mostAtOnce: number;
let beforeMaking: () => Promise<void>;
let thumbnails: Thumbnails;

beforeAll(async () => {
  decoder = await startImageDecoder({
    processes: 2,
    maxImageBytes: 2 ** 20,
    maxImagePixels: 1_000_000,
    maxMemoryBytes: 2 ** 30,
    deadlineMs: 20_000,
    log: silent,
  });
});
afterAll(() => decoder.close());

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-thumbnails-"));
  media = await openMediaFolder(root);
  [made, atOnce, mostAtOnce] = [[], 0, 0];
  beforeMaking = async () => undefined;
  // The real one, watched.
  const watched: ImageDecoder = {
    decode: (files, shape) => decoder.decode(files, shape),
    close: async () => undefined,
    thumbnail: async (file, width, mediaType) => {
      made.push(width);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await beforeMaking();
      return decoder.thumbnail(file, width, mediaType).finally(() => atOnce--);
    },
  };
  thumbnails = new Thumbnails(media, watched);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const keepPicture = async () => media.put({ kind: "picture", ...PICTURE }, await plainPng([1, 2, 3], 600));

it("makes a thumbnail once, for all who ask at the same time and later", async () => {
  await keepPicture();
  const first = await Promise.all(Array.from({ length: 8 }, () => thumbnails.read(thumbnail(256))));
  const later = await thumbnails.read(thumbnail(256));

  expect(made).toEqual([256]);
  for (const one of [...first, later]) expect(await sharp(one!).metadata()).toMatchObject({ width: 256 });
});

it("makes a few at a time, and all of them", async () => {
  await keepPicture();
  const all = await Promise.all(THUMBNAIL_WIDTHS.map((width) => thumbnails.read(thumbnail(width))));

  expect(all.every((one) => one !== null)).toBe(true);
  expect(mostAtOnce).toBe(2);
});

it("has none of a picture that is not there", async () => {
  expect(await thumbnails.read(thumbnail(64))).toBeNull();
  expect(await readdir(root)).toEqual([]);
});

it("leaves none behind when its picture is deleted while it is made", async () => {
  await keepPicture();
  beforeMaking = () => media.delete([{ kind: "picture", ...PICTURE }]);

  expect(await thumbnails.read(thumbnail(64))).toBeNull();
  expect(await media.get({ kind: "thumbnail", ...thumbnail(64) })).toBeNull();
});

it("makes one that could not be made when it is asked for again", async () => {
  await media.put({ kind: "picture", ...PICTURE }, Buffer.from("no picture"));
  await expect(Promise.all([64, 128, 256].map((width) => thumbnails.read(thumbnail(width))))).rejects.toBeInstanceOf(
    Error,
  );
  await media.delete([{ kind: "picture", ...PICTURE }]);
  await keepPicture();

  expect(await thumbnails.read(thumbnail(64))).not.toBeNull();
});
