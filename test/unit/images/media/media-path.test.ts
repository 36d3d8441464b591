import { mediaPath, parseMediaPath, thumbnailPath } from "../../../../src/images/media/media-path";
import { THUMBNAIL_WIDTHS } from "../../../../src/documents/thumbnail";

const HASH = "0123456789abcdef".repeat(4);

it.each([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
  ["application/pdf", "pdf"],
])("makes and reads the path of %s", (mediaType, extension) => {
  const key = { tenant: "shop_1-a", contentHash: HASH, mediaType };

  expect(mediaPath(key)).toBe(`/media/shop_1-a/${HASH}.${extension}`);
  expect(parseMediaPath(mediaPath(key))).toEqual({ kind: "picture", ...key });
});

it.each(THUMBNAIL_WIDTHS)("makes and reads the paths of thumbnails %i wide", (width) => {
  const picture = { tenant: "default", contentHash: HASH, mediaType: "image/jpeg" };
  for (const [mediaType, ending] of [
    ["image/webp", "webp"],
    ["image/avif", "avif"],
  ] as const) {
    const key = { picture, width, mediaType };

    expect(thumbnailPath(key)).toBe(`/media/default/${HASH}.jpg/${width}.${ending}`);
    expect(parseMediaPath(thumbnailPath(key))).toEqual({ kind: "thumbnail", ...key });
  }
});

it.each([
  "",
  "/",
  "/media/",
  `/media/default/${HASH}`,
  `/media/default/${HASH}.jpeg`,
  `/media/default/${HASH}.pdf/64.webp`,
  `/media/default/${HASH}.pdf#page=1`,
  `/media/default/${HASH}.svg`,
  `/media/default/${HASH}.png/`,
  `/media/default/${HASH}.png\n`,
  `/media/default/${HASH}.png?x=1`,
  `/media/default/${HASH.toUpperCase()}.png`,
  `/media/default/${HASH.slice(1)}.png`,
  `/media/Default/${HASH}.png`,
  `/media//${HASH}.png`,
  `/media/../${HASH}.png`,
  `/media/${"a".repeat(65)}/${HASH}.png`,
  `//media/default/${HASH}.png`,
  `/media/default/${HASH}.avif`,
  `/media/default/${HASH}.png/257.webp`,
  `/media/default/${HASH}.png/0256.webp`,
  `/media/default/${HASH}.png/256.png`,
  `/media/default/${HASH}.png/256.webp/`,
  `/media/default/${HASH}.png/../256.webp`,
  `/media/default/${HASH}/256.webp`,
  `/media/default/uploads/${HASH.slice(32)}`,
])("reads nothing from %p", (path) => {
  expect(parseMediaPath(path)).toBeNull();
});
