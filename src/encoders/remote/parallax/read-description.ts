import { AppError } from "../../../errors";
import type { Fingerprint, PictureShape } from "../../../ports/encoder";
import { unusable } from "../remote-failure";
import { PROTOCOL_VERSION, type EncoderDescription } from "./encoder-messages";

const FITS: Readonly<Record<PictureShape["fit"], true>> = { cover: true, squash: true };
const FILTERS: Readonly<Record<PictureShape["filter"], true>> = { bicubic: true, bilinear: true, lanczos: true };
const RESAMPLERS: Readonly<Record<PictureShape["resampler"], true>> = { libvips: true, pillow: true };

/** Throws BatchRefused for what describes no model, INVALID_CONFIGURATION for another version of the protocol. */
export function readDescription(body: Buffer): EncoderDescription {
  const { version, fingerprint, picture, textWindow } = parsed(body);
  if (typeof version === "number" && version !== PROTOCOL_VERSION) throw otherVersion(version);
  if (version === PROTOCOL_VERSION && isFingerprint(fingerprint) && (picture === null || isPictureShape(picture))) {
    // Releases before passages do not tell.
    return { fingerprint, picture, textWindow: isSize(textWindow, MOST_TOKENS) ? textWindow : null };
  }
  throw unusable("does not describe a model as a Parallax server with ENCODER_SECRET does");
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString("utf8"))) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isFingerprint(value: unknown): value is Fingerprint {
  const { model, revision, dtype, dimension, preprocessing } = Object(value) as Record<string, unknown>;
  return [model, revision, dtype, preprocessing].every((one) => typeof one === "string") && isSize(dimension);
}

function isPictureShape(value: unknown): value is PictureShape {
  const { side, fit, scaledTo, filter, resampler } = Object(value) as Record<string, unknown>;
  const isNamed = isOneOf(FITS, fit) && isOneOf(FILTERS, filter) && isOneOf(RESAMPLERS, resampler);
  return isNamed && isSize(side) && isSize(scaledTo) && scaledTo >= side;
}

const isOneOf = (names: object, value: unknown): boolean => typeof value === "string" && Object.hasOwn(names, value);

/** Of any model that there is, and then some. */
const MOST_TOKENS = 1_048_576;

const isSize = (value: unknown, most = 8_192): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= most;

const otherVersion = (version: number): AppError =>
  new AppError(
    "INVALID_CONFIGURATION",
    `The server at MODEL serves its model in version ${version} of the protocol, and this one knows version ${PROTOCOL_VERSION}. Run the same release of Parallax on both.`,
  );
