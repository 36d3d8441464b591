// What the rounds ingest, and what must come of it: computed here, from the rules alone.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import sharp from "sharp";

const require = createRequire(import.meta.url);
const { contentHash, documentId } = require("../dist/documents/document.js");

const TENANT = "default";
/** Of each 100 items. */
const KEYED = 7;
const DUPLICATES = 4;
const PICTURES = 3;
/** Within so many places behind the first of its kind comes every other duplicate: both are in work when something dies. */
const NEAR = 96;
const WORDS = [
  "red",
  "cat",
  "green",
  "house",
  "blue",
  "bird",
  "small",
  "tree",
  "old",
  "boat",
  "yellow",
  "dog",
  "round",
  "moon",
];

const textOf = (i) => `a ${WORDS[i % 14]} ${WORDS[(i * 5 + 3) % 14]} near a ${WORDS[(i * 11 + 7) % 14]} number ${i}`;
export const syncText = (i) => `sent alone: ${textOf(i)}`;

/** A host for `count` small pictures, each of another content, at /0, /1, … */
export async function startPictureHost(count) {
  const files = await Promise.all(Array.from({ length: count }, (_, i) => picture(i)));
  const server = createServer((request, response) => {
    const file = files[Number(request.url.slice(1))];
    if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    files,
    urlOf: (i) => `http://${host}/${i}`,
    stop: () => (server.closeAllConnections(), server.close()),
  };
}

const picture = (i) =>
  sharp({
    create: { width: 24, height: 24, channels: 3, background: { r: i % 256, g: (i * 7) % 256, b: 255 - (i % 256) } },
  })
    .png()
    .toBuffer()
    .then((file) => Buffer.concat([file, Buffer.from(String(i))]));

/**
 * `count` items in an order of their own: new texts and pictures without and with keys, keys that come twice, and true
 * duplicates. `texts` and `images` as startIngestion takes them.
 */
export function drawItems(count, pictures, random) {
  const share = (percent) => Math.round((count * percent) / 100);
  const [keyed, twice, repeated, shown] = [share(KEYED), share(1), share(DUPLICATES), share(PICTURES)];
  const fresh = count - keyed - twice - repeated - shown;
  const texts = [
    ...range(fresh, (i) => ({ text: textOf(i) })),
    // Every third keyed text is one that is there without a key, too.
    ...range(keyed, (i) => ({ key: `key ${i}`, text: textOf(i % 3 === 0 ? i : fresh + i) })),
    ...range(twice, (i) => ({ key: `key ${i}`, text: textOf(fresh + keyed + i) })),
    ...range(repeated - share(1), (i) => ({ text: textOf(i * 3) })),
  ];
  const images = [
    ...range(shown - share(1), (i) => ({ image: { url: pictures.urlOf(i) } })),
    ...range(share(1), (i) => ({ key: `picture ${i}`, image: { url: pictures.urlOf(i * 2) } })),
    ...range(share(1), (i) => ({ image: { url: pictures.urlOf(i) } })),
  ];
  return {
    texts: gathered(shuffled(texts, random), ({ text }) => text),
    images: gathered(shuffled(images, random), ({ image }) => image.url),
  };
}

/** How many pictures the items of so many show. */
export const picturesFor = (count) => Math.round((count * PICTURES) / 100);

/** Every content that the rounds and the mutations beside them may store, once and without a key. */
export function everyContent(count, pictures, syncTexts) {
  const { texts, images } = drawItems(count, pictures, () => 0);
  const once = (items, name) => [...new Map(items.map((item) => [name(item), item])).values()];
  return {
    texts: [
      ...once(texts, ({ text }) => text).map(({ text }) => ({ text })),
      ...range(syncTexts, (i) => ({ text: syncText(i) })),
    ],
    images: once(images, ({ image }) => image.url).map(({ image }) => ({ image })),
  };
}

/** Documents by id with what they hold ("text <hash>"), and the counts of the job. */
export function expected({ texts, images }, pictures) {
  const documents = new Map();
  let duplicates = 0;
  const add = (modality, key, bytes) => {
    const hash = contentHash(bytes);
    const id = documentId(TENANT, modality, key ?? null, hash);
    if (key === undefined && documents.has(id)) duplicates++;
    documents.set(id, `${modality} ${hash}`);
  };
  for (const { key, text } of texts) add("text", key, text);
  for (const { key, image } of images) add("image", key, pictures.files[Number(new URL(image.url).pathname.slice(1))]);
  const total = texts.length + images.length;
  return {
    documents,
    counts: { total, ingested: total - duplicates, duplicates, failed: 0, cancelled: 0, pending: 0 },
  };
}

export const idOfText = (text) => documentId(TENANT, "text", null, contentHash(text));

const range = (length, make) => Array.from({ length }, (_, i) => make(i));

/** Every other duplicate is moved to near the first of its kind, at any distance up to NEAR. */
function gathered(items, nameOf) {
  const seen = new Set();
  const isDuplicate = (item) => item.key === undefined && seen.size === seen.add(nameOf(item)).size;
  const duplicates = items.filter(isDuplicate).filter((_, i) => i % 2 === 0);
  const list = items.filter((item) => !duplicates.includes(item));
  duplicates.forEach((item, i) => {
    const first = list.findIndex((one) => one.key === undefined && nameOf(one) === nameOf(item));
    list.splice(first + 1 + ((i * 37) % NEAR), 0, item);
  });
  return list;
}

function shuffled(items, random) {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
