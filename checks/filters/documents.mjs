import { createRequire } from "node:module";
import { KEYS, NUMBERS, STRINGS } from "./strings.mjs";

const require = createRequire(import.meta.url);
const { contentHash, documentId } = require("../../dist/documents/document.js");

export const TENANT = "default";
const DIMENSION = 8;
const START_MS = 1_700_000_000_000;
/** Every fourth document is another tenant's: none of them may ever be found. */
const OTHERS_EVERY = 4;

/** Documents of two tenants with hostile keys and metadata of every type of JSON; `random` as in random.mjs. */
export function makeDocuments(count, random) {
  const keys = STRINGS.filter(isStorableKey);
  return Array.from({ length: count }, (_, n) => {
    const tenant = n % OTHERS_EVERY === OTHERS_EVERY - 1 ? "other" : TENANT;
    const modality = random.pick(["text", "image"]);
    const key = random.below(2) === 0 ? null : n < keys.length ? keys[n] : `${random.pick(keys).slice(0, 400)} ${n}`;
    const hash = contentHash(`document ${n}`);
    const id = documentId(tenant, modality, key, hash);
    const createdAt = new Date(START_MS + 1_000 * random.below(count));
    const fields = { id, tenant, key, metadata: makeMetadata(random), createdAt, contentHash: hash };
    return { document: { ...fields, ...contentOf(modality, n) }, vector: makeVector(random) };
  });
}

const isStorableKey = (key) => key !== "" && key.length <= 500 && !/[\p{Cc}\p{Cs}]/u.test(key);

const contentOf = (modality, n) =>
  modality === "text"
    ? { modality, text: `document ${n}`, truncated: false }
    : { modality, caption: null, sourceUrl: null, width: 8, height: 8, mediaType: "image/png" };

/** Often of few keys, so that filters meet the same key with values of many types. */
export const makeMetadata = (random) =>
  Object.fromEntries(
    Array.from({ length: random.below(7) }, () => [
      random.below(2) === 0 ? random.pick(KEYS.slice(0, 6)) : random.pick(KEYS),
      makeValue(random, 2),
    ]),
  );

function makeValue(random, levels) {
  const kind = random.below(levels > 0 ? 10 : 8);
  if (kind < 4) return random.pick(STRINGS);
  if (kind < 6) return random.pick(NUMBERS);
  if (kind === 6) return random.below(2) === 0;
  if (kind === 7) return null;
  const values = Array.from({ length: random.below(4) }, () => makeValue(random, levels - 1));
  return kind === 8 ? values : Object.fromEntries(values.map((value) => [random.pick(KEYS), value]));
}

function makeVector(random) {
  const vector = Float32Array.from({ length: DIMENSION }, () => random.below(2_001) - 1_000);
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

export const FINGERPRINT = {
  model: "check/filters",
  revision: "1",
  dtype: "fp32",
  dimension: DIMENSION,
  preprocessing: "none",
};
