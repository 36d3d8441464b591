import { createRequire } from "node:module";
import { randomNumbers } from "../../checks/random.mjs";

const require = createRequire(import.meta.url);
const { contentHash, documentId } = require("../../dist/documents/document.js");

export const TENANT = "default";
const DIMENSION = 384;
const WORDS = 30;
const VOCABULARY = 20_000;

export const FINGERPRINT = {
  model: "bench/random-vectors",
  revision: "1",
  dtype: "fp32",
  dimension: DIMENSION,
  preprocessing: "none",
};

/** Frequent words are low numbers: "w1" is in most texts, "w9000" in few. */
const word = (random) => `w${Math.floor(VOCABULARY ** random())}`;

export function vector(random) {
  const numbers = Float32Array.from({ length: DIMENSION }, () => random() - 0.5);
  const length = Math.hypot(...numbers);
  return numbers.map((number) => number / length);
}

/** Documents `from` to `to`, every second a picture: { n, groups: ["tenth"?] } as metadata, of a text 30 words. */
export function documents(from, to) {
  const random = randomNumbers(from + 1);
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const modality = n % 2 === 0 ? "text" : "image";
    const key = `document ${n}`;
    const hash = contentHash(key);
    const id = documentId(TENANT, modality, key, hash);
    const metadata = { n, groups: random() < 0.1 ? ["tenth"] : [] };
    const fields = { id, tenant: TENANT, key, metadata, createdAt: new Date(1_700_000_000_000 + n), contentHash: hash };
    const text = Array.from({ length: WORDS }, () => word(random)).join(" ");
    const own =
      modality === "text"
        ? { text, truncated: false }
        : { caption: null, sourceUrl: null, width: 96, height: 96, mediaType: "image/png" };
    return { document: { ...fields, modality, ...own }, vector: vector(random) };
  });
}
