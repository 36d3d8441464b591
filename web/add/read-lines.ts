import type { ImageInput, TextInput } from "../generated/operations";

const ADDRESS = /^https?:\/\/\S+$/;

/** What was written, a line an item: an address is a picture to fetch, all else a text. */
export function readLines(written: string): { texts: TextInput[]; images: ImageInput[] } {
  const lines = written.split("\n").map((line) => line.trim());
  return {
    texts: lines.filter((line) => line !== "" && !ADDRESS.test(line)).map((text) => ({ text })),
    images: lines.filter((line) => ADDRESS.test(line)).map((url) => ({ image: { url } })),
  };
}

/** Metadata as it was written; null: none, undefined: no JSON object. */
export function readMetadata(written: string): Record<string, unknown> | null | undefined {
  if (written.trim() === "") return null;
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
