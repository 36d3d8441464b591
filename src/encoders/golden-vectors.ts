import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError, type Outcome, unwrap } from "../errors";
import type { Log } from "../log";
import type { Vector } from "../documents/document";
import type { Embedding, Encoder, Fingerprint, PictureShape } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import { dot } from "../documents/vector";
import { GOLDEN_SAMPLES, type GoldenSample } from "./golden-samples";

export interface GoldenVectorsOptions {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly cacheFolder: string;
  /** A file that came with the model; null: none did. */
  readonly broughtPath: string | null;
  /** Vectors that are less alike have drifted. Default: what models of this machine keep to. */
  readonly leastCosine?: number;
  readonly log: Log;
}

/** Machines and releases of ONNX Runtime differ by less; another rounding of pictures or texts by more. */
const LEAST_COSINE = 0.999;

/** By a sample's name, unit vectors as base64 of little-endian 32-bit floats. */
type Written = Readonly<Record<string, string>>;

/**
 * Compares what the model makes of some texts and pictures with what it made of them when it was first used in this cache,
 * or where it was made; keeps it when this is the first time. Throws MODEL_DRIFTED when it differs: vectors that are stored
 * would not compare with new ones.
 */
export async function checkGoldenVectors(options: GoldenVectorsOptions): Promise<void> {
  const { encoder, cacheFolder, broughtPath, leastCosine = LEAST_COSINE, log } = options;
  const found = await encodeSamples(options);
  const cached = goldenPath(cacheFolder, encoder.fingerprint);
  for (const path of broughtPath === null ? [cached] : [broughtPath, cached]) {
    const known = await readGolden(path, encoder.dimension);
    if (known !== null) return compare(known, found, { fingerprint: encoder.fingerprint, path, leastCosine });
  }
  await writeGolden(cached, found);
  log.debug({ path: cached }, "Vectors of known texts and pictures are kept, to be compared with later");
}

/** Where the vectors are kept that did not come with the model. */
export function goldenPath(cacheFolder: string, fingerprint: Fingerprint): string {
  const name = createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex").slice(0, 16);
  return join(cacheFolder, "golden", `${name}.v1.json`);
}

type Found = ReadonlyMap<string, Vector>;

async function encodeSamples({ encoder, decoder }: GoldenVectorsOptions): Promise<Found> {
  const { picture } = encoder;
  // One after another: a start needs no more than one process that decodes.
  let decoding: Promise<unknown> = Promise.resolve();
  const decode = (png: string, shape: PictureShape) => {
    const decoded = decoding.then(() => decoder.decode([Buffer.from(png, "base64")], shape));
    decoding = decoded;
    return decoded;
  };
  const encode = async (sample: GoldenSample): Promise<Outcome<Embedding> | null> => {
    if (sample.kind === "text") return (await encoder.encodeTexts([sample.text], sample.role))[0]!;
    if (picture === null) return null;
    const [decoded] = await decode(sample.png, picture);
    return (await encoder.encodeImages([unwrap(decoded!).pixels], "document"))[0]!;
  };
  const found = await Promise.all(GOLDEN_SAMPLES.map(async (sample) => [sample.name, await encode(sample)] as const));
  return new Map(found.flatMap(([name, one]) => (one === null ? [] : [[name, unwrap(one).vector] as const])));
}

interface Comparison {
  readonly fingerprint: Fingerprint;
  /** Where the known ones are kept. */
  readonly path: string;
  readonly leastCosine: number;
}

function compare(known: Found, found: Found, { fingerprint, path, leastCosine }: Comparison): void {
  const cosines = [...found].map(([name, vector]) => ({ name, cosine: dot(vector, known.get(name) ?? vector) }));
  const apart = cosines.filter(({ cosine }) => !(cosine >= leastCosine)).toSorted((a, b) => a.cosine - b.cosine);
  if (apart.length === 0) return;
  const worst = apart.map(({ name, cosine }) => `${name}: cosine ${cosine.toFixed(4)}`).join("; ");
  throw new AppError(
    "MODEL_DRIFTED",
    `The model ${fingerprint.model} (${fingerprint.dtype}) gives other vectors than those that were kept in ${path} ` +
      `(${worst}; at least ${leastCosine} is expected): what is stored could not be compared with what comes. Put back ` +
      "what has changed: the model's files, MODEL_DEVICE, the release of Parallax, or the model that an API has behind its " +
      "name. To keep the change instead, delete that file and store everything anew in another collection (COLLECTION_PREFIX).",
  );
}

/** Null: there is none of this length. Throws INVALID_MODEL for a broken one. */
async function readGolden(path: string, dimension: number): Promise<Found | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const vectors = Object.entries(JSON.parse(text) as Written).map(([name, base64]) => {
      const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
      return [name, new Float32Array(bytes.buffer)] as const;
    });
    return vectors.every(([, vector]) => vector.length === dimension) ? new Map(vectors) : null;
  } catch (cause) {
    throw new AppError("INVALID_MODEL", `${path} holds no vectors: delete it, and they are kept anew.`, { cause });
  }
}

async function writeGolden(path: string, found: Found): Promise<void> {
  const written = [...found].map(([name, { buffer, byteOffset, byteLength }]) => [
    name,
    Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
  ]);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(Object.fromEntries(written)));
  await rename(`${path}.new`, path);
}
