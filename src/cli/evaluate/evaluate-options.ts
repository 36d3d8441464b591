import { parseArgs } from "node:util";
import { AppError } from "../../errors";
import type { Ranking } from "../../search/ranking/ranking";
import { RANKINGS } from "../../evaluation/measure/measure-tasks";
import { PROGRAM } from "../program";

/** What `parallax evaluate` was asked for; see its usage. */
export interface EvaluateOptions {
  /** Null: the benchmark that comes with Parallax. */
  readonly folder: string | null;
  /** One, or two to compare, the second with the first; none: the usual one. */
  readonly models: readonly string[];
  /** The others are held against the first. */
  readonly rankings: readonly Ranking[];
  readonly isJson: boolean;
  readonly sweeps: boolean;
  /** How many of the first hits are reread, to measure RERANK_MODEL; null: it is not measured. */
  readonly reranked: number | null;
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
  against: { type: "string" },
  ranking: { type: "string", multiple: true },
  sweep: { type: "boolean" },
  rerank: { type: "boolean" },
  candidates: { type: "string" },
  plot: { type: "string" },
  split: { type: "string" },
  seed: { type: "string" },
  write: { type: "string" },
  long: { type: "boolean" },
} as const;

const USUAL_CANDIDATES = "50";
const MAX_CANDIDATES = 200;
const WITH_LONG = ["long", "model", "json"];

const MAX_SEED = 2 ** 31;

/** Throws BAD_USER_INPUT that says what is wrong and what there is. */
export function readEvaluateOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw wrong(`One FOLDER is taken, but here are ${positionals.length}.`);
  const { ranking = [], plot = null, write = null, sweep = false } = values;
  const models = readModels(values);
  if (plot !== null && !/\.(svg|png)$/i.test(plot)) throw wrong(`--plot must end with .svg or .png; it is ${plot}.`);
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
    sweeps: sweep || (plot !== null && models.length < 2),
    reranked: readReranked(values.rerank ?? false, values.candidates),
    isLong: values.long ?? false,
    plot,
    split: values.split,
    seed: readSeed(values.seed ?? "1"),
    write,
  };
}

/** The one that others are compared with comes first. */
function readModels({ model = [], against }: { model?: string[]; against?: string }): string[] {
  const models = against === undefined ? model : [against, ...model];
  if (against !== undefined && model.length !== 1)
    throw wrong("--against wants one --model that is compared with it: --model A --against B.");
  if (models.length > 2) throw wrong(`Two models can be compared, but here are ${models.length}.`);
  return models;
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

function readReranked(isWanted: boolean, candidates: string | undefined): number | null {
  if (!isWanted && candidates !== undefined) throw wrong("--candidates goes with --rerank.");
  if (!isWanted) return null;
  const count = candidates ?? USUAL_CANDIDATES;
  if (/^\d{1,3}$/.test(count) && Number(count) >= 1 && Number(count) <= MAX_CANDIDATES) return Number(count);
  throw wrong(`--candidates must be a whole number from 1 to ${MAX_CANDIDATES}; it is ${count}.`);
}

function readSeed(given: string): number {
  if (/^\d{1,10}$/.test(given) && Number(given) < MAX_SEED) return Number(given);
  throw wrong(`--seed must be a whole number from 0 to ${MAX_SEED - 1}; it is ${given}.`);
}

const wrong = (what: string): AppError => new AppError("BAD_USER_INPUT", `${what} See \`${PROGRAM} evaluate --help\`.`);
