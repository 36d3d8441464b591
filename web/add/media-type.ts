import { pictureTypeOf } from "../parts/picture-type";

export const PDF = "application/pdf";

const BY_ENDING: Readonly<Record<string, string>> = {
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  csv: "text/csv",
  tsv: "text/csv",
  pdf: PDF,
};

const endingOf = ({ name }: File): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/** How a file is announced: a picture by its bytes, a PDF or a list by its ending; null: it is none. */
export async function mediaTypeOf(file: File): Promise<string | null> {
  const ofPicture = await pictureTypeOf(file);
  return ofPicture ?? BY_ENDING[endingOf(file)] ?? null;
}

/** Whether a file is announced as a PDF, unless its bytes are a picture. */
export const isPdfName = (file: File): boolean => BY_ENDING[endingOf(file)] === PDF;

export const isPictureType = (mediaType: string): boolean => mediaType.startsWith("image/");

/** A file's name without its ending. */
export const titleOf = ({ name }: File): string => name.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " ");
