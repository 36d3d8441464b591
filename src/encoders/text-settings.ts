import { AppError } from "../errors";
import type { ModelLayout } from "./model-layout";
import { asObject, type Json, readJson, readJsonValue } from "../onnx/read-json";

/** How the vectors of a text's tokens become the text's. */
export type Pooling = "mean" | "cls" | "max" | "last";

/** What sentence-transformers' files, and some a config.json, say of a text model. */
export interface TextSettings {
  /** Null: the model gives one vector a text. */
  readonly pooling: Pooling | null;
  /** What goes before a text of each role. */
  readonly prefixes: { readonly query: string; readonly document: string };
  /** Null: nothing is said here. */
  readonly maxTokens: number | null;
  /** Whether texts are written small before they are cut into tokens. */
  readonly lowerCase: boolean;
}

const POOLING = "1_Pooling/config.json";
const PROMPTS = "config_sentence_transformers.json";
/** Names by which models state what goes before a document. */
const DOCUMENT_PROMPTS = ["document", "passage", "corpus"];
/** Steps whose result Parallax has: the ONNX file's, pooling and length 1. */
const KNOWN_MODULES = /\.(Transformer|Pooling|Normalize)$/;

/** Reads them; throws INVALID_MODEL for steps that Parallax does not take. `paths`: the JSON files of the folder. */
export async function readTextSettings(
  folder: string,
  layout: ModelLayout,
  config: Json,
  paths: readonly string[],
): Promise<TextSettings> {
  const prefixes = { query: layout.queryPrefix, document: "" };
  if (layout.pictures !== null) return { pooling: null, prefixes, maxTokens: null, lowerCase: false };
  const read = async (name: string): Promise<Json> => (paths.includes(name) ? readJson(folder, name) : {});
  if (paths.includes("modules.json")) await checkModules(folder);
  const { max_seq_length: maxTokens, do_lower_case: lowerCase } = await read("sentence_bert_config.json");
  return {
    pooling: poolingOf(folder, await read(POOLING), config["emb_pooler"]),
    prefixes: prefixesOf(await read(PROMPTS)),
    maxTokens: typeof maxTokens === "number" ? maxTokens : null,
    lowerCase: lowerCase === true,
  };
}

async function checkModules(folder: string): Promise<void> {
  const modules = await readJsonValue(folder, "modules.json");
  const types = Object.values(modules ?? {}).map((one) => String(asObject(one)["type"]));
  const unknown = types.filter((type) => !KNOWN_MODULES.test(type));
  if (unknown.length > 0) throw refused(folder, "modules.json", `has the step ${unknown.join(", ")}`);
}

/** Means over the square root of the length have the direction of plain ones. */
const POOLINGS: Readonly<Record<string, Pooling>> = {
  mean: "mean",
  mean_sqrt_len: "mean",
  cls: "cls",
  max: "max",
  last: "last",
};

/**
 * Of 1_Pooling/config.json, `pooling_mode: "mean"` or `pooling_mode_mean_tokens: true`; else config.json's; else the mean,
 * as sentence-transformers takes it.
 */
function poolingOf(folder: string, file: Json, otherwise: unknown): Pooling {
  const flags = Object.keys(file).filter((key) => key.startsWith("pooling_mode_") && file[key] === true);
  const named = file["pooling_mode"] ?? flags.map((key) => key.slice("pooling_mode_".length));
  const modes = [named].flat();
  const mode = String(modes[0] ?? otherwise ?? "mean").replace(/_?tokens?$/, "");
  const pooling = Object.hasOwn(POOLINGS, mode) ? POOLINGS[mode] : undefined;
  if (modes.length > 1 || pooling === undefined)
    throw refused(folder, POOLING, `pools by ${modes.join(" and ") || mode}`);
  if (file["include_prompt"] === false) throw refused(folder, POOLING, "leaves prompts out of the pooling");
  return pooling;
}

function prefixesOf(file: Json): TextSettings["prefixes"] {
  const prompts = asObject(file["prompts"]);
  const named = (name: unknown): string | undefined => {
    const prompt = typeof name === "string" && Object.hasOwn(prompts, name) ? prompts[name] : undefined;
    return typeof prompt === "string" ? prompt : undefined;
  };
  const otherwise = named(file["default_prompt_name"]) ?? "";
  // An empty "document" is written without being meant.
  const documents = DOCUMENT_PROMPTS.map(named).filter((prompt) => prompt !== undefined);
  return {
    query: named("query") ?? otherwise,
    document: documents.find((prompt) => prompt !== "") ?? documents[0] ?? otherwise,
  };
}

const refused = (folder: string, file: string, what: string): AppError =>
  new AppError(
    "INVALID_MODEL",
    `The ${file} in ${folder} ${what}, which Parallax does not do: vectors would be wrong.`,
  );
