import { AppError } from "../../errors";
import { isBlank, normalKey } from "../../documents/normal-form";

// eslint-disable-next-line no-control-regex -- NUL is what Milvus and many clients cut strings at
const NUL = /\u0000/;
// eslint-disable-next-line no-control-regex -- a key stands in filter expressions, where control characters do not survive
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** Throws INVALID_TEXT or TOO_LARGE unless the text can be stored whole and means something. */
export function checkText(text: string, maxBytes: number, what: "text" | "caption" = "text"): void {
  if (isBlank(text))
    throw new AppError("INVALID_TEXT", `The ${what} shows nothing. Give at least one visible character.`);
  checkStorable(text, what);
  if (bytesOf(text) <= maxBytes) return;
  throw new AppError(
    "TOO_LARGE",
    `The ${what} has ${bytesOf(text)} UTF-8 bytes; at most ${maxBytes} are stored. Split it.`,
  );
}

/** Throws INVALID_TEXT for NUL and lone surrogates, which no UTF-8 store keeps. */
export function checkStorable(text: string, what: string): void {
  if (NUL.test(text)) throw new AppError("INVALID_TEXT", `The ${what} holds a NUL character (U+0000). Remove it.`);
  if (!text.isWellFormed()) {
    throw new AppError(
      "INVALID_TEXT",
      `The ${what} holds half of a surrogate pair, so it is not valid Unicode. Remove it.`,
    );
  }
}

/** The key that a document is stored under; null: none. Throws INVALID_KEY unless it can name one. */
export function checkKey(given: string | null, maxBytes: number): string | null {
  if (given === null) return null;
  const wrong = (why: string) => new AppError("INVALID_KEY", `The key ${why}.`);
  // First, since a character may take three times its bytes once it is normalised.
  const key = normalKey(given);
  if (isBlank(key)) throw wrong("shows nothing: leave it out or give at least one visible character");
  if (bytesOf(key) > maxBytes) throw wrong(`has ${bytesOf(key)} UTF-8 bytes; at most ${maxBytes} are allowed`);
  if (CONTROL_CHARACTERS.test(key) || !key.isWellFormed()) throw wrong("holds control characters or lone surrogates");
  return key;
}
