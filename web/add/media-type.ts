const LISTS: Readonly<Record<string, string>> = {
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  csv: "text/csv",
};

const endingOf = ({ name }: File): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/** How a list of items is announced; null: the file is none. */
export const listTypeOf = (file: File): string | null => LISTS[endingOf(file)] ?? null;

/** How a picture is announced; null: the file is none. */
export const pictureTypeOf = (file: File): string | null => (file.type.startsWith("image/") ? file.type : null);

/** A file's name without its ending. */
export const titleOf = ({ name }: File): string => name.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " ");
