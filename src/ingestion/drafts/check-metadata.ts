import { AppError } from "../../errors";
import type { JsonValue, Metadata } from "../../documents/document";
import { isExact, WRITE_AS_STRING } from "../../documents/exact-number";
import type { Limits } from "../../documents/limits";
import { pdfPageOf } from "../../documents/pdf-page";

/** Milvus keeps this many searchable facts of one document: keys, scalars and scalars in arrays. */
const MAX_FACTS = 4_000;

const wrong = (why: string) => new AppError("INVALID_METADATA", `The metadata ${why}.`);

/** The metadata as plain JSON. Throws INVALID_METADATA when it is not an object, too large, too deep or not storable. */
export function checkMetadata(value: unknown, limits: Limits): Metadata {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw wrong("must be a JSON object");
  checkValue(value, limits.maxMetadataDepth);
  const bytes = Buffer.byteLength(JSON.stringify(value), "utf8");
  if (bytes > limits.maxMetadataBytes)
    throw wrong(`has ${bytes} bytes as JSON; at most ${limits.maxMetadataBytes} are stored`);
  const facts = Object.values(value).reduce<number>((sum, one) => sum + 2 + (Array.isArray(one) ? one.length : 0), 0);
  if (facts > MAX_FACTS) throw wrong(`has ${facts} keys and array elements; at most ${MAX_FACTS} are searchable`);
  return value as Metadata;
}

/** Throws INVALID_METADATA where a document of its own would pass for a page of a PDF. */
export function checkNoPage(value: unknown): void {
  if (!isObject(value) || pdfPageOf(value as Metadata) === null) return;
  throw wrong(
    "says `pdf`, `pdfPage` and `pdfPages` as the server does of a PDF's pages: leave them out, or send the PDF",
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkValue(value: unknown, levelsLeft: number): asserts value is JsonValue {
  if (typeof value === "string") return checkString(value);
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw wrong("holds a number that JSON cannot write");
    if (isExact(value)) return;
    throw wrong(`holds the number ${value}, which ${WRITE_AS_STRING}`);
  }
  if (typeof value !== "object") throw wrong(`holds a ${typeof value}, which is not JSON`);
  if (levelsLeft === 0) throw wrong("is nested too deeply; flatten it");
  for (const [key, one] of Object.entries(value)) {
    if (!Array.isArray(value)) checkString(key);
    checkValue(one, levelsLeft - 1);
  }
}

function checkString(text: string): void {
  if (text.includes("\u0000") || !text.isWellFormed()) throw wrong("holds a NUL character or half of a surrogate pair");
}
