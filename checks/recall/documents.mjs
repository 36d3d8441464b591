import { createRequire } from "node:module";
import { randomNumbers } from "../random.mjs";

const require = createRequire(import.meta.url);
const { contentHash, documentId } = require("../../dist/documents/document.js");

/** Share of the documents that a group has; a filter asks for one group. */
export const GROUPS = { "50 %": 0.5, "10 %": 0.1, "1 %": 0.01, "0.1 %": 0.001 };
const TENANT = "default";
/** Length of what is added at random to a mixture of the model's own vectors. */
const NOISE = 0.5;

/**
 * As many texts as pictures. Their vectors lie where the model's own lie, texts apart from pictures, in clusters that
 * run into one another: each is a mixture of two of the model's and noise.
 */
export function makeDocuments(count, { texts, pictures }, seed) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, n) => {
    const modality = n % 2 === 0 ? "text" : "image";
    const vector = mixture(modality === "text" ? texts : pictures, random);
    const groups = Object.keys(GROUPS).filter((group) => random() < GROUPS[group]);
    return { document: makeDocument(n, modality, { n, groups }), vector };
  });
}

function makeDocument(n, modality, metadata) {
  const key = `document ${n}`;
  const hash = contentHash(key);
  const id = documentId(TENANT, modality, key, hash);
  const fields = { id, tenant: TENANT, key, metadata, createdAt: new Date(1_700_000_000_000 + n), contentHash: hash };
  if (modality === "text") return { ...fields, modality, text: `What document ${n} says.`, truncated: false };
  return { ...fields, modality, caption: null, sourceUrl: null, width: 96, height: 96, mediaType: "image/png" };
}

function mixture(vectors, random) {
  const pick = () => vectors[Math.floor(random() * vectors.length)];
  const [one, other, weight] = [pick(), pick(), random() * 0.8];
  const scale = NOISE / Math.sqrt(one.length);
  const mixed = one.map((value, i) => value + weight * other[i] + scale * gaussian(random));
  const length = Math.hypot(...mixed);
  return mixed.map((value) => value / length);
}

/** Box and Muller. */
const gaussian = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
