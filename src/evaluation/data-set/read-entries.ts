import { resolve } from "node:path";
import { AppError } from "../../errors";
import { leadsOut } from "../../ingestion/local/inside-folder";
import { localFile } from "../../ingestion/local/local-file";
import type { Content, DataSetDocument, DataSetQuery } from "./data-set";
import type { Faults } from "./faults";
import { readLines, type Line } from "./read-lines";

/** An entry with the union of what documents and queries have. */
type Entry = DataSetDocument & DataSetQuery;

class Wrong extends Error {}

/**
 * The documents or queries of a list, in its order, each id once. `fields`: what a line may have besides id, text, image
 * and split. A line that is none, or names a picture that is not in the folder, is a fault.
 */
export async function readEntries(
  folder: string,
  file: string,
  fields: readonly string[],
  faults: Faults,
): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  const known = new Set(["id", "text", "image", "split", ...fields]);
  for (const line of await readLines(folder, file, faults)) {
    try {
      const entry = await readEntry(folder, line, known);
      const first = entries.get(entry.id);
      if (first !== undefined) throw new Wrong(`It has the id of line ${first.line}. Give each line its own.`);
      entries.set(entry.id, entry);
    } catch (error) {
      if (!(error instanceof Wrong || error instanceof AppError)) throw error;
      faults.add(file, line.number, error.message);
    }
  }
  if (entries.size === 0) faults.add(file, null, "It has no usable line.");
  return [...entries.values()];
}

async function readEntry(folder: string, { text, number }: Line, known: ReadonlySet<string>): Promise<Entry> {
  const value = parse(text);
  const unknown = Object.keys(value).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Wrong(`A field is unknown. There are ${[...known].join(", ")}.`);
  const id = stringOf(value, "id");
  if (id === null) throw new Wrong("It has no id. Give it one.");
  if (/[\t\r\n]/.test(id)) throw new Wrong("Its id has a tab or a line's end in it, which qrels.tsv cannot hold.");
  const fields = { thing: stringOf(value, "thing"), split: stringOf(value, "split"), tag: stringOf(value, "tag") };
  return { id, ...fields, content: await contentOf(folder, value), line: number };
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Wrong("It is not JSON. Write one JSON object a line.");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Wrong("It is not a JSON object.");
}

/** Null: it is not there. */
function stringOf(value: Record<string, unknown>, name: string): string | null {
  const found = value[name] ?? null;
  if (found === null || (typeof found === "string" && found.trim() !== "")) return found;
  throw new Wrong(`Its ${name} must be a string that is not empty.`);
}

async function contentOf(folder: string, value: Record<string, unknown>): Promise<Content> {
  const [text, image] = [stringOf(value, "text"), stringOf(value, "image")];
  if ((text === null) === (image === null)) throw new Wrong("It must have exactly one of text and image.");
  if (text !== null) return { kind: "text", text };
  const path = resolve(folder, image!);
  if (await leadsOut(folder, path)) throw outside();
  await localFile(path, "picture");
  return { kind: "image", path };
}

const outside = (): Wrong => new Wrong("Its image leads out of the data set's folder. Name a picture in it.");
