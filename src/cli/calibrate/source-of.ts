import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors";
import { isListName } from "../import/list-entries";

/** A folder of pictures whose file names are captions, or a list with the columns image and caption. */
export interface Source {
  readonly kind: "folder" | "list";
  readonly path: string;
}

/** What SOURCE is; a folder with a list in it is that list. Throws BAD_USER_INPUT for what is neither. */
export async function sourceOf(path: string): Promise<Source> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw wrong(`There is no ${path}.`);
  if (!found.isDirectory()) {
    if (isListName(path)) return { kind: "list", path };
    throw wrong(`${path} is neither a folder of pictures nor a list (.csv, .tsv, .ndjson, .jsonl).`);
  }
  const lists = (await readdir(path)).filter((name) => isListName(name) && !name.startsWith("."));
  if (lists.length > 1) throw wrong(`${path} has ${lists.length} lists, ${lists.join(" and ")}: name the one to take.`);
  return lists.length === 0 ? { kind: "folder", path } : { kind: "list", path: join(path, lists[0]!) };
}

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);
