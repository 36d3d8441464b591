import { parseArgs } from "node:util";
import { AppError } from "../../errors";
import type { Ranking } from "../../search/ranking/ranking";
import { RANKINGS } from "../../evaluation/measure/measure-tasks";
import { PROGRAM } from "../program";

/** What `parallax evaluate` was asked for; see its usage. */
export interface EvaluateOptions {
  /** Null: the benchmark that comes with Parallax. */
  readonly folder: string | null;
  /** One, or two to compare; none: the usual one. */
  readonly models: readonly string[];
  /** The others are held against the first. */
  readonly rankings: readonly Ranking[];
  readonly isJson: boolean;
  readonly sweeps: boolean;
  /** Long texts are measured instead. */
  readonly isLong: boolean;
  readonly plot: string | null;
  readonly split: string | undefined;
  readonly seed: number;
  /** Where the benchmark is to be written; null: nowhere. */
  readonly write: string | null;
}

const OPTIONS = {
  json: { type: "boolean" },
  model: { type: "string", multiple: true },
  ranking: { type: "string", multiple: true },
  sweep: { type: "boolean" },
  plot: { type: "string" },
  split: { type: "string" },
  seed: { type: "string" },
  write: { type: "string" },
  long: { type: "boolean" },
} as const;

const WITH_LONG = ["long", "model", "json"];

const MAX_SEED = 2 ** 31;

/** Throws BAD_USER_INPUT that says what is wrong and what there is. */
export function readEvaluateOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw wrong(`One FOLDER is taken, but here are ${positionals.length}.`);
  const { model: models = [], ranking = [], plot = null, write = null } = values;
  if (models.length > 2) throw wrong(`Two --model can be compared, but here are ${models.length}.`);
  if (write !== null && (positionals.length > 0 || Object.keys(values).length > 1))
    throw wrong("--write writes the benchmark and measures nothing: it goes with no FOLDER and no other option.");
  if (values.long && (positionals.length > 0 || Object.keys(values).some((name) => !WITH_LONG.includes(name))))
    throw wrong("--long measures texts of its own: it goes with no FOLDER and with --model and --json alone.");
  if (values.long && models.length > 1) throw wrong("--long measures one model at a time.");
  return {
    folder: positionals[0] ?? null,
    models,
    rankings: ranking.length === 0 ? RANKINGS : [...new Set(ranking.map(readRanking))],
    isJson: values.json ?? false,
    isLong: values.long ?? false,
    sweeps: (values.sweep ?? false) || plot !== null,
    plot,
    split: values.split,
    seed: readSeed(values.seed ?? "1"),
    write,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const { message } = error as Error;
    const [, unknown] = /Unknown option '([^']+)'/.exec(message) ?? [];
    if (unknown === undefined) throw wrong(`${message.split(". ")[0]}.`);
    throw wrong(
      `There is no option ${unknown}; there are ${Object.keys(OPTIONS)
        .map((name) => `--${name}`)
        .join(", ")}.`,
    );
  }
}

function readRanking(given: string): Ranking {
  const found = RANKINGS.find((one) => one === given);
  if (found === undefined) throw wrong(`--ranking must be one of ${RANKINGS.join(", ")}; it is ${given}.`);
  return found;
}

function readSeed(given: string): number {
  if (/^\d{1,10}$/.test(given) && Number(given) < MAX_SEED) return Number(given);
  throw wrong(`--seed must be a whole number from 0 to ${MAX_SEED - 1}; it is ${given}.`);
}

const wrong = (what: string): AppError => new AppError("BAD_USER_INPUT", `${what} See \`${PROGRAM} evaluate --help\`.`);
