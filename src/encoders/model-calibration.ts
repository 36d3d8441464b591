import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, type Outcome } from "../errors";
import type { Log } from "../log";
import { calibrationOf, type Calibration, type KindPair } from "../search/calibration";
import type { Modality, Vector } from "../search/document";
import type { Embedding, Encoder } from "../search/encoder";
import type { ImageDecoder } from "../search/images";
import type { ModelFiles } from "./model-files";

/** Texts and picture files of things in general, from which a model's means and spreads are computed. */
export interface GeneralSet {
  readonly texts: readonly string[];
  readonly pictures: readonly Uint8Array[];
}

export interface ModelCalibrationOptions {
  readonly files: ModelFiles;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly general: () => Promise<GeneralSet>;
  readonly cacheFolder: string;
  readonly log: Log;
}

/** calibration.json: mean unit vector per modality, spread of the centred cosine between strangers per pair of kinds. */
interface CalibrationFile {
  readonly mean: Readonly<Record<Modality, readonly number[]>>;
  readonly spread: Readonly<Record<KindPair, number>>;
}

/**
 * The model's own calibration: the one that came with it, else computed once from a general set and kept in the cache.
 * Throws INVALID_MODEL when the model cannot encode the general set.
 */
export async function modelCalibration(options: ModelCalibrationOptions): Promise<Calibration> {
  const { files, encoder, cacheFolder, log } = options;
  const own = files.calibrationPath === null ? null : await readCalibration(files.calibrationPath, encoder.dimension);
  if (own !== null) return own;
  const name = createHash("sha256").update(JSON.stringify(encoder.fingerprint)).digest("hex").slice(0, 16);
  const cached = join(cacheFolder, "calibration", `${name}.json`);
  const known = await readCalibration(cached, encoder.dimension);
  if (known !== null) return known;
  log.info({ model: files.model }, "Measuring the model's modality gap on a general set, once");
  const measured = await measure(options);
  await writeCalibration(cached, measured);
  return measured;
}

async function measure({ encoder, decoder, general, files }: ModelCalibrationOptions): Promise<Calibration> {
  const { texts, pictures } = await general();
  const decoded = await decoder.decode(pictures, encoder.imageSide);
  const pixels = decoded.flatMap((one) => (one.ok ? [one.value.pixels] : []));
  const vectors = (outcomes: Outcome<Embedding>[]): Vector[] =>
    outcomes.flatMap((one) => (one.ok ? [one.value.vector] : []));
  const text = vectors(await encoder.encodeTexts(texts, "document"));
  const image = vectors(await encoder.encodeImages(pixels, "document"));
  if (text.length > 1 && image.length > 1) return calibrationOf({ text, image });
  throw new AppError(
    "INVALID_MODEL",
    `The model ${files.model} could not encode the general set of texts and pictures.`,
  );
}

/** Null: there is no such file, or it is of vectors of another length. */
async function readCalibration(path: string, dimension: number): Promise<Calibration | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  const { mean, spread } = parse(text, path);
  if (mean.text.length !== dimension || mean.image.length !== dimension) return null;
  const means = { text: Float32Array.from(mean.text), image: Float32Array.from(mean.image) };
  return { queryMeans: means, documentMeans: means, spreads: spread };
}

function parse(text: string, path: string): CalibrationFile {
  try {
    const { mean, spread } = JSON.parse(text) as CalibrationFile;
    const spreads = [spread["text-text"], spread["text-image"], spread["image-text"], spread["image-image"]];
    if (Array.isArray(mean.text) && Array.isArray(mean.image) && spreads.every((one) => one > 0))
      return { mean, spread };
  } catch {
    // Said below, with the path.
  }
  throw new AppError("INVALID_MODEL", `${path} is no calibration: delete it, and it is measured anew.`);
}

async function writeCalibration(path: string, { documentMeans, spreads }: Calibration): Promise<void> {
  const mean = { text: [...documentMeans.text], image: [...documentMeans.image] };
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify({ mean, spread: spreads } satisfies CalibrationFile));
  await rename(`${path}.new`, path);
}
