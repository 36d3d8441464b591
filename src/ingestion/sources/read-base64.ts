import type { FileKind } from "../../documents/file-kind";
import { AppError } from "../../errors";

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * The bytes that base64 stands for (also base64url, white space ignored). Throws INVALID_IMAGE or INVALID_PDF when it is none, TOO_LARGE
 * when there are more than `maxBytes`.
 */
export function readBase64(text: string, maxBytes: number, kind: FileKind = "picture"): Uint8Array {
  // As nearly everybody writes it: looking it over takes several times as long as this.
  const bytes = text.length <= Math.ceil(maxBytes / 3) * 4 ? Buffer.from(text, "base64") : null;
  if (bytes !== null && bytes.length > 0 && bytes.toString("base64") === text) return new Uint8Array(bytes);
  const digits = text.replace(/\s+/g, "");
  if (digits.length > Math.ceil(maxBytes / 3) * 4 + 4) throw tooManyBytes(maxBytes, kind);
  if (digits === "" || !BASE64.test(digits) || digits.replace(/=+$/, "").length % 4 === 1) {
    throw invalidFile(kind, `The ${kind} is not valid base64. Encode the file's bytes, all of them.`);
  }
  return new Uint8Array(Buffer.from(digits, "base64"));
}

const LESS: Readonly<Record<FileKind, string>> = {
  picture: "Scale it down.",
  PDF: "Split it, or raise MAX_PDF_BYTES.",
};

export const tooManyBytes = (maxBytes: number, kind: FileKind): AppError =>
  new AppError("TOO_LARGE", `The ${kind} has more than ${maxBytes} bytes. ${LESS[kind]}`);

export const invalidFile = (kind: FileKind, message: string): AppError =>
  new AppError(kind === "PDF" ? "INVALID_PDF" : "INVALID_IMAGE", message);
