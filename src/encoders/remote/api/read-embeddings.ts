import { cutAndNormalise } from "../../unit-vectors";
import { unusable } from "../remote-failure";

export interface Expected {
  readonly count: number;
  /** Length of the vectors; null: not known yet. */
  readonly dimension: number | null;
}

/**
 * The unit vectors of an API's answer, `{ "data": [{ "index": 0, "embedding": numbers or base64 }] }`, in the order of the
 * inputs; null for one that is no direction. Throws BatchRefused unless there is one of the right length for each input.
 */
export function readEmbeddings(body: Buffer, { count, dimension }: Expected): (Float32Array | null)[] {
  const data = dataOf(body);
  if (data.length !== count) throw unusable(`gave ${data.length} vectors for ${count} inputs`);
  const vectors: (Float32Array | null)[] = Array.from({ length: count });
  const places = new Set<number>();
  data.forEach((entry, i) => {
    const { index = i, embedding } = Object(entry) as { index?: unknown; embedding?: unknown };
    const place = Number(index);
    if (!Number.isInteger(place) || place < 0 || place >= count || places.has(place)) {
      throw unusable(
        `numbered its vectors wrongly: no input has the index ${JSON.stringify(index)?.slice(0, 20)}, or two vectors do`,
      );
    }
    places.add(place);
    const values = numbersOf(embedding);
    const length = dimension ?? values.length;
    if (values.length !== length) throw unusable(`gave a vector of ${values.length} numbers, not ${length}`);
    vectors[place] = cutAndNormalise(values, length);
  });
  return vectors;
}

function dataOf(body: Buffer): unknown[] {
  try {
    const { data } = Object(JSON.parse(body.toString("utf8"))) as { data?: unknown };
    if (Array.isArray(data)) return data;
  } catch {
    throw unusable("answered with what is no JSON");
  }
  throw unusable("answered without a list of vectors");
}

/** What is no number is NaN. */
function numbersOf(embedding: unknown): Float32Array {
  if (Array.isArray(embedding)) {
    return Float32Array.from(embedding, (value) => (typeof value === "number" ? value : Number.NaN));
  }
  if (typeof embedding !== "string") throw unusable("gave a vector that is neither numbers nor base64");
  const bytes = Uint8Array.from(Buffer.from(embedding, "base64"));
  if (bytes.length % 4 !== 0) throw unusable("gave a vector in base64 that breaks off");
  return new Float32Array(bytes.buffer);
}
