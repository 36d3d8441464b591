import { AppError, type Outcome } from "../errors";
import type { Log } from "../log";
import type { Vector } from "../documents/document";
import type { Embedding, Encoder, EncodingRole } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { Samples } from "../search/ranking/kinds";
import { modelCalibration, type GeneralSample, type ModelCalibration } from "../search/ranking/model-calibration";
import {
  cachedCalibrationPath,
  ownCalibrationPath,
  readCalibrationFile,
  writeCalibrationFile,
  type KnownCalibration,
} from "./calibration-file";
import type { ModelFiles } from "./model-files";

/** Texts and picture files of things in general, from which a model's calibration is computed. */
export interface GeneralSet {
  readonly texts: readonly string[];
  /** Called for models that take them: drawing hundreds takes seconds. */
  pictures(): Promise<readonly Uint8Array[]>;
}

export interface CalibrationPlace {
  readonly files: Pick<ModelFiles, "model" | "calibrationPath">;
  readonly encoder: Encoder;
  readonly cacheFolder: string;
}

export interface ModelCalibrationOptions extends CalibrationPlace {
  readonly decoder: ImageDecoder;
  readonly general: () => Promise<GeneralSet>;
  readonly log: Log;
}

/** Fewer vectors tell nothing of a distribution. */
const MIN_VECTORS = 16;
const NOTHING_KNOWN: KnownCalibration = { means: null, general: null };

/**
 * The model's own calibration: from a set of the operator's own where there is one, else what came with the model, and where
 * that is not all, computed once from a general set and kept in the cache. Throws INVALID_MODEL when the model cannot encode the general set.
 */
export async function openModelCalibration(options: ModelCalibrationOptions): Promise<ModelCalibration> {
  const { files, encoder, cacheFolder, log } = options;
  const own = await readOwn(options);
  if (own.general !== null) return modelCalibration(own.general);
  const brought = await readBrought(options);
  const cached = cachedCalibrationPath(cacheFolder, encoder.fingerprint);
  const known = brought.general === null ? await readCalibrationFile(cached, encoder.dimension) : brought;
  const knownMeans = brought.means ?? known.means;
  const means = knownMeans === null ? {} : { means: knownMeans };
  if (known.general !== null) return modelCalibration({ ...known.general, ...means });
  log.info({ model: files.model }, "Measuring the model's modality gap on a general set, once");
  const measured = { ...(await measure(options)), ...means };
  await writeCalibrationFile(cached, measured);
  return modelCalibration(measured);
}

/** The file that holds all of a model's calibration, once that was opened. */
export async function calibrationFile(place: CalibrationPlace): Promise<string> {
  const { files, encoder, cacheFolder } = place;
  if ((await readOwn(place)).general !== null) return ownCalibrationPath(cacheFolder, encoder.fingerprint);
  const { general } = await readBrought(place);
  return general === null ? cachedCalibrationPath(cacheFolder, encoder.fingerprint) : files.calibrationPath!;
}

const readOwn = ({ encoder, cacheFolder }: CalibrationPlace): Promise<KnownCalibration> =>
  readCalibrationFile(ownCalibrationPath(cacheFolder, encoder.fingerprint), encoder.dimension);

const readBrought = async ({ files, encoder }: CalibrationPlace): Promise<KnownCalibration> =>
  files.calibrationPath === null ? NOTHING_KNOWN : readCalibrationFile(files.calibrationPath, encoder.dimension);

async function measure(options: ModelCalibrationOptions): Promise<GeneralSample> {
  const { encoder, general, files } = options;
  const { texts, pictures } = await general();
  const image = await encodePictures(options, pictures);
  const encode = async (role: EncodingRole): Promise<Samples> => {
    const text = vectorsOf(await encoder.encodeTexts(texts, role));
    return { text, image: image ?? text };
  };
  const [queries, documents] = [await encode("query"), await encode("document")];
  const least = Math.min(...[queries, documents].flatMap(({ text, image }) => [text.length, image.length]));
  if (least >= MIN_VECTORS) return { queries, documents };
  throw new AppError(
    "INVALID_MODEL",
    `The model ${files.model} could not encode the general set of texts and pictures.`,
  );
}

/**
 * What a picture is for makes no difference to its vector, and encoding hundreds of them takes a large model minutes. Null:
 * the model takes texts only; texts stand in for pictures then, of which none will be stored.
 */
async function encodePictures(
  { encoder, decoder }: ModelCalibrationOptions,
  pictures: GeneralSet["pictures"],
): Promise<Vector[] | null> {
  if (encoder.picture === null) return null;
  const decoded = await decoder.decode(await pictures(), encoder.picture);
  const pixels = decoded.flatMap((one) => (one.ok ? [one.value.pixels] : []));
  return vectorsOf(await encoder.encodeImages(pixels, "document"));
}

const vectorsOf = (outcomes: readonly Outcome<Embedding>[]): Vector[] =>
  outcomes.flatMap((one) => (one.ok ? [one.value.vector] : []));
