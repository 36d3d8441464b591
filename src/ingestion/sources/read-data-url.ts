import { AppError } from "../../errors";
import { readBase64 } from "./read-base64";

export const isDataUrl = (url: string): boolean => /^\s*data:/i.test(url);

/**
 * The bytes of a `data:` URL (RFC 2397), in base64 or percent-encoded; its media type counts for nothing. Throws INVALID_IMAGE
 * when it is none, TOO_LARGE when there are more than `maxBytes`.
 */
export function readDataUrl(url: string, maxBytes: number): Uint8Array {
  const [, parameters, data] = /^\s*data:([^,]*),(.*)$/is.exec(url) ?? [];
  if (parameters === undefined || data === undefined) throw broken("has no comma before its data");
  if (/;\s*base64\s*$/i.test(parameters))
    return readBase64(percentDecoded(data, maxBytes).toString("latin1"), maxBytes);
  const bytes = percentDecoded(data, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return new Uint8Array(bytes);
}

function percentDecoded(text: string, maxBytes: number): Buffer {
  // Three characters a byte at most, and base64 needs four for three.
  if (text.length > 4 * maxBytes + 100) throw tooLarge(maxBytes);
  if (!/%/.test(text)) return Buffer.from(text, "latin1");
  if (/%(?![0-9a-f]{2})/i.test(text)) throw broken("holds a % that is no percent-encoding");
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    "latin1",
  );
}

const broken = (why: string): AppError => new AppError("INVALID_IMAGE", `The picture's data: URL ${why}.`);

const tooLarge = (maxBytes: number): AppError =>
  new AppError("TOO_LARGE", `The picture has more than ${maxBytes} bytes. Scale it down.`);
