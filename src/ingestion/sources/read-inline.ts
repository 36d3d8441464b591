import type { FileKind } from "../../documents/file-kind";
import type { AppError } from "../../errors";
import { invalidFile, readBase64, tooManyBytes } from "./read-base64";

/** What comes before a data: URL's data is a media type and parameters; longer ones are none. */
const MAX_HEAD_LENGTH = 1_000;

export const isDataUrl = (text: string): boolean => /^\s*data:/i.test(text);

/**
 * The bytes of a picture or PDF that is sent within a request: as base64, or as a `data:` URL (RFC 2397) in base64 or
 * percent-encoded, whose media type counts for nothing. Throws INVALID_IMAGE or INVALID_PDF when it is neither, TOO_LARGE when there are more
 * than `maxBytes`.
 */
export const readInline = (text: string, maxBytes: number, kind: FileKind = "picture"): Uint8Array =>
  isDataUrl(text) ? readDataUrl(text, maxBytes, kind) : readBase64(text, maxBytes, kind);

function readDataUrl(url: string, maxBytes: number, kind: FileKind): Uint8Array {
  const comma = url.slice(0, MAX_HEAD_LENGTH).indexOf(",");
  if (comma < 0) throw broken("has no comma before its data", kind);
  const [head, data] = [url.slice(0, comma), url.slice(comma + 1)];
  const bytes = percentDecoded(data, maxBytes, kind);
  if (/;\s*base64\s*$/i.test(head)) return readBase64(bytes.toString("latin1"), maxBytes, kind);
  if (bytes.length > maxBytes) throw tooManyBytes(maxBytes, kind);
  if (bytes.length === 0) throw broken("holds no data", kind);
  return new Uint8Array(bytes);
}

function percentDecoded(text: string, maxBytes: number, kind: FileKind): Buffer {
  // Three characters a byte at most, and base64 needs four for three.
  if (text.length > 4 * maxBytes + 100) throw tooManyBytes(maxBytes, kind);
  const bytes = Buffer.from(text, "latin1");
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const isEncoded = bytes[at] === PERCENT;
    const value = isEncoded ? 16 * digitAt(bytes, at + 1) + digitAt(bytes, at + 2) : bytes[at]!;
    if (Number.isNaN(value)) throw broken("holds a % that is no percent-encoding", kind);
    bytes[end++] = value;
    if (isEncoded) at += 2;
  }
  return bytes.subarray(0, end);
}

const PERCENT = 0x25;
const DIGITS = new Map([..."0123456789abcdefABCDEF"].map((digit) => [digit.charCodeAt(0), Number.parseInt(digit, 16)]));
const digitAt = (bytes: Uint8Array, at: number): number => DIGITS.get(bytes[at] ?? 0) ?? Number.NaN;

const broken = (why: string, kind: FileKind): AppError => invalidFile(kind, `The ${kind}'s data: URL ${why}.`);
