import { AppError } from "../../errors";
import { checkHeader, checkKind, type DecodeLimits } from "./check-picture";
import { isCutOff } from "./cut-boxes";
import { unpackHeic } from "./heic/unpack-heic";
import { judgeJpeg, TOLERANT } from "./jpeg/judge-jpeg";
import { jpegQuality } from "./jpeg/jpeg-quality";
import { mayLackLastBlocks } from "./jpeg/whole-scan";
import { type LosslessCopy, losslessCopy } from "./lossless-copy";
import { lockedSharp, type Sharp, type SharpOptions, STRICT } from "./locked-sharp";
import { turnOf } from "./orientation";
import type { ImageFormat } from "../../documents/sniff";
import { asPlainHeif } from "./plain-heif";
import { withRightChecksums } from "./png/png-checksums";

export type { DecodeLimits } from "./check-picture";

/** A picture whose header has been read and found to be within the limits. */
export interface OpenPicture {
  readonly format: ImageFormat;
  /** How large its file is. */
  readonly bytes: number;
  /** Of a JPEG: the quality that it was written at, and whether its colours are as fine as its brightness. */
  readonly quality: number | null;
  readonly hasFineColours: boolean;
  /** Whether it has 256 colours at most, each written as its number. */
  readonly hasPalette: boolean;
  /** The picture's own data without all else; null where a copy has to be written anew. */
  losslessCopy(): LosslessCopy | null;
  /** Whether its end may be missing though `upright` shows it without a complaint. To be asked of strangers' files. */
  mayLackItsEnd(): boolean;
  /** Upright, 8 bits a sample, sRGB; the first frame. */
  upright(): Sharp;
}

/**
 * Looks at a stranger's bytes, then lets `use` unpack them. Throws UNSUPPORTED_MEDIA_TYPE or TOO_LARGE before anything
 * is unpacked, INVALID_IMAGE for a picture that cannot be read.
 */
export async function withPicture<T>(
  bytes: Uint8Array,
  limits: DecodeLimits,
  use: (picture: OpenPicture) => Promise<T>,
): Promise<T> {
  const format = checkKind(bytes, limits);
  const fault = (why: string, cause?: unknown) =>
    new AppError("INVALID_IMAGE", `The ${format.toUpperCase()} file ${why}.`, { cause });
  const attempt = async (file: Uint8Array, options: SharpOptions) => use(await open(format, file, limits, options));
  if ((format === "heic" || format === "avif") && isCutOff(bytes)) throw fault("is cut off. Send the whole file");
  try {
    return await attempt(bytes, STRICT);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const verdict = await lookCloser(format, bytes, String(thrown));
    if ("fault" in verdict) throw fault(verdict.fault, thrown);
    return await attempt(verdict.bytes, verdict.options).catch((cause: unknown) => {
      throw cause instanceof AppError ? cause : fault(BROKEN, cause);
    });
  }
}

const none = (): null => null;
const no = (): boolean => false;

const BROKEN = "is broken or cut off. Send the whole file";

type Verdict = { readonly bytes: Uint8Array; readonly options: SharpOptions } | { readonly fault: string };

/** The container can hold pictures of any kind: HEVC is what phones put into it. */
const unknownCoding = (): AppError =>
  new AppError("UNSUPPORTED_MEDIA_TYPE", "The HEIC file holds its picture with a codec other than HEVC. Convert it.");

/** Why a file was not taken as it is, or how it can be read all the same, since all of the picture is there. */
async function lookCloser(format: ImageFormat, bytes: Uint8Array, complaint: string): Promise<Verdict> {
  if (format === "jpeg") {
    const verdict = await judgeJpeg(bytes, complaint);
    return "fault" in verdict ? verdict : { ...verdict, options: TOLERANT };
  }
  const mended = format === "png" ? withRightChecksums(bytes) : null;
  if (mended !== null) return { bytes: mended, options: STRICT };
  // Of a GIF "warning" refuses frames that are only oddly written, "error" those that are cut off all the same.
  if (format === "gif") return { bytes, options: { failOn: "error" } };
  if (format === "heic" && /not been built in|unsupported/i.test(complaint)) throw unknownCoding();
  return { fault: BROKEN };
}

async function open(
  format: ImageFormat,
  bytes: Uint8Array,
  limits: DecodeLimits,
  options: SharpOptions,
): Promise<OpenPicture> {
  if (format === "heic") {
    const png = await unpackHeic(asPlainHeif(bytes), (header) => checkHeader(format, bytes, header, limits));
    const upright = () => lockedSharp(png, { limitInputPixels: false }).toColourspace("srgb");
    return {
      format,
      bytes: bytes.byteLength,
      quality: null,
      hasFineColours: false,
      hasPalette: false,
      losslessCopy: none,
      mayLackItsEnd: no,
      upright,
    };
  }
  const file = format === "avif" ? asPlainHeif(bytes) : bytes;
  const header = await lockedSharp(file, { ...options, limitInputPixels: false, pages: 1 }).metadata();
  const turn = turnOf(format, header);
  checkHeader(format, bytes, { ...header, isTurned: turn.isTurned }, limits);
  const reading = {
    ...options,
    limitInputPixels: Number.isFinite(limits.maxImagePixels) && limits.maxImagePixels,
    pages: 1,
  };
  return {
    format,
    bytes: bytes.byteLength,
    quality: format === "jpeg" ? jpegQuality(bytes) : null,
    hasFineColours: header.chromaSubsampling === "4:4:4",
    hasPalette: format === "gif" || header.isPalette === true,
    losslessCopy: options === STRICT && !turn.isTurned ? () => losslessCopy(format, bytes, header) : none,
    mayLackItsEnd: format === "jpeg" && options === STRICT ? () => mayLackLastBlocks(bytes) : no,
    upright: () => turn.upright(lockedSharp(file, reading)).toColourspace("srgb"),
  };
}
