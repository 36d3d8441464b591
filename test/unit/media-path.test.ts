import { mediaPath, parseMediaPath } from "../../src/images/media-path";

const HASH = "0123456789abcdef".repeat(4);

it.each([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
])("makes and reads the path of %s", (mediaType, extension) => {
  const key = { tenant: "shop_1-a", contentHash: HASH, mediaType };

  expect(mediaPath(key)).toBe(`/media/shop_1-a/${HASH}.${extension}`);
  expect(parseMediaPath(mediaPath(key))).toEqual(key);
});

it.each([
  "",
  "/",
  "/media/",
  `/media/default/${HASH}`,
  `/media/default/${HASH}.jpeg`,
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
])("reads nothing from %p", (path) => {
  expect(parseMediaPath(path)).toBeNull();
});
