import type { ImageSource, JobItemInput } from "../../documents/item";
import type { JobItemContent } from "../../ports/ledger";
import { isDeeper, MAX_DEPTH } from "./depth";
import type { Line } from "./line-splitter";
import type { ListedItem } from "./listed-item";
import { textLines } from "./text-lines";

const CONTENTS = ["text", "image", "pdf"] as const;
const FIELDS = new Set<string>([...CONTENTS, "key", "caption", "pictures", "metadata"]);
const SOURCES = ["url", "base64", "uploadId"] as const;

/**
 * Items of an NDJSON list, one JSON object a line: { text, key?, metadata? }, { image, key?, caption?, metadata? } or
 * { pdf, key?, pictures?, metadata? }, where `image` and `pdf` are a URL or { url }, { base64 } or { uploadId }; null is absent.
 * Empty lines are passed over; a line that is no item is `unreadable`.
 */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>, maxLineLength: number): AsyncGenerator<ListedItem> {
  for await (const lines of textLines(bytes, maxLineLength)) {
    for (const line of lines) if (line.text?.trim() !== "") yield { line: line.number, item: readLine(line) };
  }
}

class Unreadable extends Error {}

function readLine({ number, text, fault }: Line): JobItemContent {
  try {
    if (text === null) return { kind: "unreadable", key: null, problem: `Line ${number} ${fault}.` };
    return readItem(parse(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const problem = `Line ${number} ${error.message}. A line is {"text": …}, {"image": …} or {"pdf": …}, with key, caption and metadata if you like.`;
    return { kind: "unreadable", key: null, problem };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Unreadable("is not JSON");
  }
}

function readItem(value: unknown): JobItemInput {
  if (!isObject(value)) throw new Unreadable("is not a JSON object");
  if (Object.keys(value).some((name) => !FIELDS.has(name))) throw new Unreadable("has a field of another name");
  const { image, pdf, metadata } = value;
  if (isDeeper(metadata)) throw new Unreadable(`has metadata of more than ${MAX_DEPTH} levels`);
  const key = textOrNull(value, "key");
  const text = textOrNull(value, "text");
  if (CONTENTS.filter((name) => !isAbsent(value[name])).length !== 1)
    throw new Unreadable("has not exactly one of text, image and pdf");
  if (text !== null) return { kind: "text", key, text, metadata };
  const pictures = readFlag(value, "pictures");
  if (!isAbsent(pdf)) return { kind: "pdf", key, source: readSource(pdf, "a pdf"), pictures, metadata };
  return { kind: "image", key, source: readSource(image, "an image"), caption: textOrNull(value, "caption"), metadata };
}

function readSource(image: unknown, what: string): ImageSource {
  if (typeof image === "string") return { kind: "url", url: image };
  if (!isObject(image)) throw new Unreadable(`has ${what} that is neither a URL nor an object`);
  const given = SOURCES.filter((name) => !isAbsent(image[name]));
  const [name] = given;
  if (name === undefined || given.length > 1)
    throw new Unreadable(`has ${what} without exactly one of url, base64 and uploadId`);
  const value = image[name];
  if (typeof value !== "string") throw new Unreadable(`has ${what} whose ${name} is not a string`);
  if (name === "url") return { kind: "url", url: value };
  return name === "base64" ? { kind: "base64", base64: value } : { kind: "upload", uploadId: value };
}

/** Data frames write null for what is not there. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function textOrNull(value: Record<string, unknown>, name: string): string | null {
  const found = value[name] ?? null;
  if (found === null || typeof found === "string") return found;
  throw new Unreadable(`has a ${name} that is not a string`);
}

function readFlag(value: Record<string, unknown>, name: string): boolean {
  const found = value[name] ?? false;
  if (typeof found === "boolean") return found;
  throw new Unreadable(`has ${name} that is neither true nor false`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
