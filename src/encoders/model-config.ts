import { AppError } from "../errors";
import type { LayoutFiles } from "./layout-files";
import type { ConfigNumber, ModelLayout } from "./model-layout";
import { type Preprocessing, readPreprocessing } from "./preprocessing";
import { type Json, numbersOf, readJson, valueAt } from "../onnx/read-json";
import { readTextSettings, type TextSettings } from "./text-settings";

/** What a model's JSON files say of it. */
export interface ModelConfig {
  /** Null: the model takes texts only. */
  readonly preprocessing: Preprocessing | null;
  /** Length of the vectors as the model gives them. */
  readonly projectionDim: number;
  /** The shorter lengths that a vector may be cut to, ascending; empty for a model that was not trained for it. */
  readonly matryoshka: readonly number[];
  readonly textMaxTokens: number;
  /** Whether texts are written small before they are cut into tokens. */
  readonly lowerCase: boolean;
  readonly text: TextSettings;
}

/** Reads the JSON files of a model folder; throws INVALID_MODEL when one is broken or asks for what we cannot do. */
export async function readModelConfig(folder: string, { layout, json }: LayoutFiles): Promise<ModelConfig> {
  const config = await readJson(folder, "config.json");
  const tokenizer = await readJson(folder, "tokenizer_config.json");
  // Read for the check alone: a tokenizer that broke off would only fail in the encoder's process.
  await readJson(folder, "tokenizer.json");
  const text = await readTextSettings(folder, layout, config, json);
  const places = numberAt(folder, layout, "most tokens", layout.tokens, config) - layout.unusedPlaces;
  const limits = [places, tokenizer["model_max_length"], text.maxTokens, layout.mostTokens];
  const tokenizerClass = String(tokenizer["tokenizer_class"]).replace(/Fast$/, "");
  return {
    preprocessing: layout.pictures === null ? null : await readPreprocessing(folder, layout.pictures, config),
    projectionDim: numberAt(folder, layout, "length of vectors", layout.width, config),
    matryoshka: numbersOf(config["matryoshka_dimensions"]).toSorted((a, b) => a - b),
    textMaxTokens: Math.min(...numbersOf(limits).filter((limit) => limit > 0)),
    lowerCase: text.lowerCase || layout.lowerCaseFor.includes(tokenizerClass),
    text,
  };
}

function numberAt(folder: string, { title }: ModelLayout, name: string, wanted: ConfigNumber, config: Json): number {
  const value = wanted.at.map((path) => valueAt(config, path)).find((one) => one !== undefined && one !== null);
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
  if (value === undefined && wanted.otherwise !== null) return wanted.otherwise;
  throw new AppError(
    "INVALID_MODEL",
    `The config.json in ${folder} does not say the ${name} of a ${title}: ${wanted.at.join(" or ")} must be a whole number above 0.`,
  );
}
