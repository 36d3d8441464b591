import type { ImageSource, Item } from "../../search/intake";
import type { JobItemContent } from "../../search/ledger";
import { lines } from "./lines";

const FIELDS = new Set(["key", "text", "image", "caption", "metadata"]);
const SOURCES = ["url", "base64", "uploadId"] as const;

/**
 * Items of an NDJSON list, one JSON object a line: { text, key?, metadata? } or { image, key?, caption?, metadata? }, where
 * `image` is a URL or { url }, { base64 } or { uploadId }. Empty lines are passed over; a line that is no item is `unreadable`.
 */
export async function* readNdjson(
  bytes: AsyncIterable<Uint8Array>,
  maxLineLength: number,
): AsyncGenerator<JobItemContent> {
  let number = 0;
  for await (const line of lines(bytes)) {
    number++;
    if (line.trim() !== "") yield readLine(line, number, maxLineLength);
  }
}

class Unreadable extends Error {}

/** The item of one line; `number` is told where it is none. */
export function readLine(line: string, number: number, maxLineLength: number): JobItemContent {
  try {
    if (line.length > maxLineLength) throw new Unreadable(`has more than ${maxLineLength} characters`);
    return readItem(parse(line.replace(/^\uFEFF/, "")));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const problem = `Line ${number} ${error.message}. A line is {"text": …} or {"image": …}, with key, caption and metadata if you like.`;
    return { kind: "unreadable", key: null, problem };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Unreadable("is no JSON");
  }
}

function readItem(value: unknown): Item {
  if (!isObject(value)) throw new Unreadable("is no JSON object");
  if (Object.keys(value).some((name) => !FIELDS.has(name))) throw new Unreadable("has a field of another name");
  const { text, image, metadata } = value;
  const key = textOrNull(value, "key");
  if ((text === undefined) === (image === undefined)) throw new Unreadable("has not exactly one of text and image");
  if (text === undefined) {
    return { kind: "image", key, source: readSource(image), caption: textOrNull(value, "caption"), metadata };
  }
  if (typeof text !== "string") throw new Unreadable("has a text that is no string");
  return { kind: "text", key, text, metadata };
}

function readSource(image: unknown): ImageSource {
  if (typeof image === "string") return { kind: "url", url: image };
  if (!isObject(image)) throw new Unreadable("has an image that is neither a URL nor an object");
  const given = SOURCES.filter((name) => image[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1)
    throw new Unreadable("has an image without exactly one of url, base64 and uploadId");
  const value = image[name];
  if (typeof value !== "string") throw new Unreadable(`has an image whose ${name} is no string`);
  if (name === "url") return { kind: "url", url: value };
  return name === "base64" ? { kind: "base64", base64: value } : { kind: "upload", uploadId: value };
}

function textOrNull(value: Record<string, unknown>, name: string): string | null {
  const found = value[name] ?? null;
  if (found === null || typeof found === "string") return found;
  throw new Unreadable(`has a ${name} that is no string`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
