import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors";

export type Json = Readonly<Record<string, unknown>>;

/** A JSON object out of a model's folder; what is no object counts as an empty one. Throws as `readJsonValue`. */
export const readJson = async (folder: string, name: string): Promise<Json> =>
  asObject(await readJsonValue(folder, name));

/** Any JSON out of a model's folder. Throws INVALID_MODEL when the file is no JSON, as when it broke off. */
export async function readJsonValue(folder: string, name: string): Promise<unknown> {
  const path = join(folder, name);
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new AppError("INVALID_MODEL", `The model's file ${path} is not whole: it is not JSON.`, { cause: error });
  }
}

/** What is no object counts as an empty one. */
export const asObject = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** The finite numbers of a list; none of anything else. */
export const numbersOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((item): item is number => Number.isFinite(item)) : [];

/** "text_config.hidden_size" of a JSON; undefined where it is not there. */
export const valueAt = (json: Json, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => asObject(value)[name], json);
