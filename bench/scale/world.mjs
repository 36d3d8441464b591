import { createRequire } from "node:module";
import { embeddings } from "../../checks/recall/embeddings.mjs";
import { randomNumbers } from "../../checks/random.mjs";

const require = createRequire(import.meta.url);
const { contentHash, documentId } = require("../../dist/documents/document.js");

/** Share of the documents that a group has; a filter asks for one group. */
export const GROUPS = { "50 %": 0.5, "10 %": 0.1, "1 %": 0.01, "0.1 %": 0.001 };
const GROUP_NAMES = Object.keys(GROUPS);
const TENANT = "default";
const SEED = 1;
/** Length of what is added at random to a mixture of the model's own vectors. */
const NOISE = 0.5;
const NOISE_TABLE = 2 ** 20;

/**
 * As many texts as pictures, the first of them the same in every world. Their vectors lie where the model's own lie, texts
 * apart from pictures, in clusters that run into one another: each is a mixture of two of the model's and noise.
 * { count, dimension, fingerprint, vectors (one after the other), documents(from, to), isIn(group, n), modalityOf(n), queries }
 */
export async function makeWorld(count, queries) {
  const made = await embeddings(queries);
  const dimension = made.texts[0].length;
  const random = randomNumbers(SEED);
  const noise = gaussians(random, NOISE_TABLE + dimension);
  const vectors = new Float32Array(count * dimension);
  const groups = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    mix(vectors.subarray(n * dimension, (n + 1) * dimension), isText(n) ? made.texts : made.pictures, noise, random);
    GROUP_NAMES.forEach((name, bit) => (groups[n] |= random() < GROUPS[name] ? 1 << bit : 0));
  }
  const isIn = (group, n) => group === null || (groups[n] & (1 << GROUP_NAMES.indexOf(group))) !== 0;
  const documentOf = (n) => ({
    document: makeDocument(n, { n, groups: GROUP_NAMES.filter((name) => isIn(name, n)) }),
    vector: Array.from(vectors.subarray(n * dimension, (n + 1) * dimension)),
  });
  const documents = (from, to) => Array.from({ length: to - from }, (_, i) => documentOf(from + i));
  const { fingerprint, textQueries, pictureQueries } = made;
  const modalityOf = (n) => (isText(n) ? "TEXT" : "IMAGE");
  return {
    count,
    dimension,
    fingerprint,
    vectors,
    documents,
    isIn,
    modalityOf,
    queries: { textQueries, pictureQueries },
  };
}

const isText = (n) => n % 2 === 0;

/** Box and Muller. */
const gaussians = (random, count) =>
  Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));

function mix(into, among, noise, random) {
  const pick = () => among[Math.floor(random() * among.length)];
  const [one, other, weight] = [pick(), pick(), random() * 0.8];
  const offset = Math.floor(random() * NOISE_TABLE);
  const scale = NOISE / Math.sqrt(into.length);
  let square = 0;
  for (let i = 0; i < into.length; i++) {
    into[i] = one[i] + weight * other[i] + scale * noise[offset + i];
    square += into[i] * into[i];
  }
  const length = Math.sqrt(square);
  for (let i = 0; i < into.length; i++) into[i] /= length;
}

/** The key tells a hit's place. */
export const placeOf = ({ key }) => Number(key.split(" ").at(-1));

function makeDocument(n, metadata) {
  const key = `document ${n}`;
  const hash = contentHash(key);
  const modality = isText(n) ? "text" : "image";
  const id = documentId(TENANT, modality, key, hash);
  const fields = { id, tenant: TENANT, key, metadata, createdAt: new Date(1_700_000_000_000 + n), contentHash: hash };
  if (modality === "text") return { ...fields, modality, text: `What document ${n} says.`, truncated: false };
  return { ...fields, modality, caption: null, sourceUrl: null, width: 96, height: 96, mediaType: "image/png" };
}
