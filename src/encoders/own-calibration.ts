import { rm } from "node:fs/promises";
import { failed, succeeded, toAppError, unwrap, type Outcome } from "../errors";
import type { Vector } from "../documents/document";
import type { Encoder, PictureShape, Pixels } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { CaptionedVectors } from "../search/ranking/captioned-sample";
import type { GeneralSample } from "../search/ranking/model-calibration";
import { ownCalibrationPath, writeCalibrationFile } from "./calibration-file";

/** A picture with what it shows, in words. */
export interface Captioned {
  readonly caption: string;
  /** The picture's file, once it is its turn: hundreds of photographs at a time are gigabytes. */
  read(): Promise<Uint8Array>;
}

export interface CaptionedEncoding {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  /** Told after every batch how many are done. */
  readonly onProgress: (done: number, total: number) => void;
  /** Aborted: the rest is left out. */
  readonly interrupted: AbortSignal;
}

const BATCH = 16;

/** Encodes pictures and captions, in their order; one that cannot be read or encoded is a failed outcome. */
export async function encodeCaptioned(
  items: readonly Captioned[],
  { encoder, decoder, onProgress, interrupted }: CaptionedEncoding,
): Promise<Outcome<CaptionedVectors>[]> {
  const outcomes: Outcome<CaptionedVectors>[] = [];
  for (let at = 0; at < items.length && !interrupted.aborted; at += BATCH) {
    const batch = items.slice(at, at + BATCH);
    const captions = batch.map(({ caption }) => caption);
    const queries = await encoder.encodeTexts(captions, "query");
    const documents = await encoder.encodeTexts(captions, "document");
    const images = await encodePictures(batch, encoder, decoder);
    outcomes.push(...batch.map((_, i) => together(queries[i]!, documents[i]!, images[i]!)));
    onProgress(outcomes.length, items.length);
  }
  return outcomes;
}

/** Keeps a set's vectors as the model's calibration, which goes before all others of it; the path of its file. */
export async function keepOwnCalibration(
  sample: GeneralSample,
  cacheFolder: string,
  { fingerprint }: Encoder,
): Promise<string> {
  const path = ownCalibrationPath(cacheFolder, fingerprint);
  await writeCalibrationFile(path, sample);
  return path;
}

/** Makes the model's calibration again what it was without a set of one's own. */
export const forgetOwnCalibration = (cacheFolder: string, { fingerprint }: Encoder): Promise<void> =>
  rm(ownCalibrationPath(cacheFolder, fingerprint), { force: true });

async function encodePictures(
  batch: readonly Captioned[],
  encoder: Encoder,
  decoder: ImageDecoder,
): Promise<Outcome<Vector | null>[]> {
  const { picture } = encoder;
  if (picture === null) return batch.map(() => succeeded(null));
  const decoded = await Promise.all(batch.map((one) => decode(one, picture, decoder)));
  const encoded = await encoder.encodeImages(
    decoded.flatMap((one) => (one.ok ? [one.value] : [])),
    "document",
  );
  let next = 0;
  return decoded.map((one) => {
    const outcome = one.ok ? encoded[next++]! : one;
    return outcome.ok ? succeeded(outcome.value.vector) : outcome;
  });
}

async function decode(one: Captioned, shape: PictureShape, decoder: ImageDecoder): Promise<Outcome<Pixels>> {
  try {
    const [decoded] = await decoder.decode([await one.read()], shape);
    return succeeded(unwrap(decoded!).pixels);
  } catch (thrown) {
    return failed(toAppError(thrown, "INVALID_ITEM", "The picture could not be read."));
  }
}

function together(
  query: Outcome<{ readonly vector: Vector }>,
  document: Outcome<{ readonly vector: Vector }>,
  image: Outcome<Vector | null>,
): Outcome<CaptionedVectors> {
  if (!query.ok) return query;
  if (!document.ok) return document;
  if (!image.ok) return image;
  return succeeded({ query: query.value.vector, document: document.value.vector, image: image.value });
}
