import { AppError } from "../../errors";
import { countJpegScans } from "./jpeg/jpeg-segments";
import type { Metadata } from "./locked-sharp";
import { memoryNeedBytes } from "./memory-need";
import { type ImageFormat, sniff } from "../../documents/sniff";
import { countWebpFrames } from "./webp-frames";

export interface DecodeLimits {
  readonly maxImageBytes: number;
  readonly maxImagePixels: number;
  /** How much memory the process that decodes may take. */
  readonly maxMemoryBytes: number;
}

/** What headers of all formats say; a HEIC's says less. */
type Header = Pick<Metadata, "width" | "height"> &
  Partial<Pick<Metadata, "depth" | "bitsPerSample" | "channels" | "isProgressive" | "hasAlpha">> & {
    readonly isTurned?: boolean;
  };

const ACCEPTED = "Accepted are JPEG, PNG, WebP, GIF, AVIF and HEIC";

const MAX_WEBP_FRAMES = 10_000;

/** Rows are unpacked one by one: 50 million of one pixel take longer than 7,000 of 7,000. */
const MAX_SIDE = 65_535;

/** Pixels that the scans of a JPEG may go over in all. Encoders write 10 scans, 18 of CMYK. */
const MAX_SCANNED_PIXELS = 600_000_000;

/** What kind of picture the first bytes say it is. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export function checkKind(bytes: Uint8Array, { maxImageBytes }: DecodeLimits): ImageFormat {
  if (bytes.byteLength === 0) throw new AppError("INVALID_IMAGE", `The picture has no bytes. ${ACCEPTED}.`);
  if (bytes.byteLength > maxImageBytes) {
    throw tooLarge(`The picture has ${bytes.byteLength} bytes; at most ${maxImageBytes} are read.`);
  }
  const sniffed = sniff(bytes);
  if ("format" in sniffed) return checkFrames(sniffed.format, bytes);
  throw new AppError("UNSUPPORTED_MEDIA_TYPE", `The file looks like ${sniffed.looksLike}. ${ACCEPTED}; convert it.`);
}

function checkFrames(format: ImageFormat, bytes: Uint8Array): ImageFormat {
  const frames = format === "webp" ? countWebpFrames(bytes) : 1;
  if (frames <= MAX_WEBP_FRAMES) return format;
  throw tooLarge(`The WebP has ${frames} frames; at most ${MAX_WEBP_FRAMES} are read. Send its first frame.`);
}

/** Throws TOO_LARGE when unpacking what the header tells of is beyond the limits. */
export function checkHeader(format: ImageFormat, bytes: Uint8Array, header: Header, limits: DecodeLimits): void {
  const { width, height } = header;
  const size = `The picture is ${width} × ${height} pixels`;
  if (width * height > limits.maxImagePixels) {
    throw tooLarge(`${size}; at most ${limits.maxImagePixels} in all are decoded.`);
  }
  if (Math.max(width, height) > MAX_SIDE) throw tooLarge(`${size}; at most ${MAX_SIDE} a side are decoded.`);
  const needBytes = memoryNeedBytes({ ...header, format, ...unpackingOf(header) }, bytes.byteLength);
  if (needBytes > limits.maxMemoryBytes) {
    throw tooLarge(
      `${size}; unpacking it takes about ${megabytes(needBytes)} MB, and a decoder may take ${megabytes(limits.maxMemoryBytes)}.`,
    );
  }
  const scans = format === "jpeg" && header.isProgressive ? countJpegScans(bytes) : 1;
  if (scans * width * height > MAX_SCANNED_PIXELS) {
    throw tooLarge(`${size} in ${scans} scans; at most ${MAX_SCANNED_PIXELS} pixels in all scans are decoded.`);
  }
}

const unpackingOf = ({ depth, bitsPerSample, channels, isTurned, isProgressive, hasAlpha }: Header) => ({
  bitsPerSample: Math.max(bitsPerSample ?? 8, depth === "ushort" ? 16 : 8),
  channels: channels ?? 3,
  isTurned: isTurned ?? false,
  isProgressive: isProgressive ?? false,
  hasAlpha: hasAlpha ?? false,
});

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_048_576);

const tooLarge = (fault: string): AppError => new AppError("TOO_LARGE", `${fault} Scale it down.`);
