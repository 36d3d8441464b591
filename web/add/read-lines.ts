import type { ImageInput, TextInput } from "../generated/operations";

const ADDRESS = /^https?:\/\/\S+$/;

/** What was written, a line an item: an address is a picture to fetch where the model takes them, all else a text. */
export function readLines(written: string, takesPictures: boolean): { texts: TextInput[]; images: ImageInput[] } {
  const lines = written.split("\n").map((line) => line.trim());
  const isAddress = (line: string) => takesPictures && ADDRESS.test(line);
  return {
    texts: lines.filter((line) => line !== "" && !isAddress(line)).map((text) => ({ text })),
    images: lines.filter(isAddress).map((url) => ({ image: { url } })),
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
