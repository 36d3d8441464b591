import { pictureTypeOf } from "../parts/picture-type";

const LISTS: Readonly<Record<string, string>> = {
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  csv: "text/csv",
  tsv: "text/csv",
};

const endingOf = ({ name }: File): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/** How a file is announced: a picture by its bytes, a list by its ending; null: it is neither. */
export async function mediaTypeOf(file: File): Promise<string | null> {
  const ofPicture = await pictureTypeOf(file);
  return ofPicture ?? LISTS[endingOf(file)] ?? null;
}

export const isPictureType = (mediaType: string): boolean => mediaType.startsWith("image/");

/** A file's name without its ending. */
export const titleOf = ({ name }: File): string => name.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " ");
