import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../errors";
import type { Vector } from "../documents/document";
import type { Fingerprint } from "../ports/encoder";
import type { PerModality, Samples } from "../search/ranking/kinds";
import type { GeneralSample } from "../search/ranking/model-calibration";

/**
 * calibration.json. `mean`: mean unit vector per modality, of more data than the general set where a model brings it.
 * `general`: unit vectors of the general set, as base64 of little-endian 32-bit floats, one after another; `queries` is
 * left out where the model encodes queries as it does documents, `image` where it takes texts only. `set`: what it was
 * measured on, where that is a set of somebody's own; `paired`, whether text and picture of one place are about one thing.
 */
interface CalibrationFile {
  readonly set?: { readonly name: string; readonly paired?: boolean };
  readonly mean?: PerModality<readonly number[]>;
  readonly general?: { readonly queries?: Written; readonly documents: Written };
}

interface Written {
  readonly text: string;
  readonly image?: string;
}

/** Where the calibration that a model did not bring is kept. */
export const cachedCalibrationPath = (cacheFolder: string, fingerprint: Fingerprint): string =>
  pathOf(cacheFolder, fingerprint, "v2");

/** Where the one from a set of the operator's own is kept, which goes before all others. */
export const ownCalibrationPath = (cacheFolder: string, fingerprint: Fingerprint): string =>
  pathOf(cacheFolder, fingerprint, "own");

function pathOf(cacheFolder: string, fingerprint: Fingerprint, kind: string): string {
  const name = createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex").slice(0, 16);
  return join(cacheFolder, "calibration", `${name}.${kind}.json`);
}

/** What a calibration.json says. */
export interface KnownCalibration {
  readonly means: PerModality<Vector> | null;
  readonly general: Omit<GeneralSample, "means"> | null;
}

/** What a file says of vectors of this length; nothing where there is none. Throws INVALID_MODEL for a broken one. */
export async function readCalibrationFile(path: string, dimension: number): Promise<KnownCalibration> {
  const text = await readFile(path, "utf8").catch(() => "{}");
  try {
    const { mean, general, set = {} } = JSON.parse(text) as CalibrationFile;
    const means = mean ? { text: Float32Array.from(mean.text), image: Float32Array.from(mean.image) } : null;
    const documents = general ? samplesOf(general.documents, dimension) : null;
    const queries = general?.queries ? samplesOf(general.queries, dimension) : documents;
    const known = means?.text.length === dimension && means.image.length === dimension;
    return { means: known ? means : null, general: documents && queries ? { queries, documents, ...set } : null };
  } catch (cause) {
    throw new AppError("INVALID_MODEL", `${path} is not a calibration: delete it, and it is measured again.`, {
      cause,
    });
  }
}

/** Writes a general set's vectors, beside means that are known already. */
export async function writeCalibrationFile(path: string, sample: GeneralSample): Promise<void> {
  const { queries, documents, means, name, paired = false } = sample;
  const written = { queries: writtenSamples(queries), documents: writtenSamples(documents) };
  const same = written.queries.text === written.documents.text && written.queries.image === written.documents.image;
  const file: CalibrationFile = {
    ...(name === undefined ? {} : { set: { name, paired } }),
    ...(means ? { mean: { text: [...means.text], image: [...means.image] } } : {}),
    general: same ? { documents: written.documents } : written,
  };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(file));
  await rename(`${path}.new`, path);
}

/** Null: they are of another length, as after a change of EMBEDDING_DIMENSION. */
function samplesOf({ text, image }: Written, dimension: number): Samples | null {
  const texts = vectorsOf(text, dimension);
  const images = image === undefined ? texts : vectorsOf(image, dimension);
  return texts && images ? { text: texts, image: images } : null;
}

function vectorsOf(base64: string, dimension: number): Vector[] | null {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  const floats = new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
  if (floats.length === 0 || floats.length % dimension !== 0) return null;
  return Array.from({ length: floats.length / dimension }, (_, i) => floats.slice(i * dimension, (i + 1) * dimension));
}

const writtenSamples = ({ text, image }: Samples): Written => ({
  text: toBase64(text),
  ...(image === text ? {} : { image: toBase64(image) }),
});

const toBase64 = (vectors: readonly Vector[]): string =>
  Buffer.concat(
    vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  ).toString("base64");
