import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { FILES, type DataSet } from "./data-set";
import type { Faults } from "./faults";

type About = Pick<DataSet, "name" | "description" | "licence" | "relevantFrom">;

const TEXTS = ["name", "description", "licence"] as const;

/** What dataset.json tells of a data set, or what holds without one. */
export async function readAbout(folder: string, faults: Faults): Promise<About> {
  const without: About = { name: basename(folder), description: "", licence: "", relevantFrom: 1 };
  const text = await readFile(join(folder, FILES.about), "utf8").catch(() => null);
  if (text === null) return without;
  const value = parse(text);
  const wrong = (what: string) => faults.add(FILES.about, null, what);
  if (value === null) {
    wrong("It is not a JSON object.");
    return without;
  }
  for (const name of TEXTS)
    if (value[name] !== undefined && typeof value[name] !== "string") wrong(`Its ${name} must be a string.`);
  const { relevantFrom = 1 } = value;
  if (!(Number.isInteger(relevantFrom) && Number(relevantFrom) >= 1))
    wrong("Its relevantFrom must be a whole number from 1.");
  return { ...without, ...(value as Partial<About>) };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
