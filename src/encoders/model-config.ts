import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors";
import type { ModelLayout } from "./model-layout";

/** How a picture becomes `pixel_values`. */
export interface Preprocessing {
  /** Both sides of the square that the model sees, in pixels. */
  readonly side: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** For the fingerprint: "shortest 96 bicubic centre". */
  readonly description: string;
}

/** What a model's JSON files say of it. */
export interface ModelConfig {
  readonly preprocessing: Preprocessing;
  /** Length of the vectors as the model gives them. */
  readonly projectionDim: number;
  /** The shorter lengths that a vector may be cut to, ascending; empty for a model that was not trained for it. */
  readonly matryoshka: readonly number[];
  readonly textMaxTokens: number;
}

type Json = Record<string, unknown>;

/** CLIP's own, which every JinaCLIP uses. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];
/** v1 was trained on at most 512 tokens and v2 on 8,192, whatever larger number a tokenizer's file names. */
const MOST_TOKENS: Record<ModelLayout, number> = { towers: 512, fused: 8192 };

/** Reads the JSON files of a model folder; throws INVALID_MODEL when one is broken or asks for what we cannot do. */
export async function readModelConfig(folder: string, layout: ModelLayout): Promise<ModelConfig> {
  const config = await readJson(folder, "config.json");
  const preprocessor = await readJson(folder, "preprocessor_config.json");
  const tokenizer = await readJson(folder, "tokenizer_config.json");
  // Read for the check alone: a tokenizer that broke off would only fail in the encoder's process.
  await readJson(folder, "tokenizer.json");
  const text = asObject(config["text_config"]);
  const limits = [text["max_position_embeddings"], tokenizer["model_max_length"], MOST_TOKENS[layout]];
  return {
    preprocessing: preprocessingOf(folder, config, preprocessor),
    projectionDim: wholeNumber(folder, "projection_dim", config["projection_dim"] ?? text["embed_dim"]),
    matryoshka: numbers(config["matryoshka_dimensions"]).toSorted((a, b) => a - b),
    textMaxTokens: Math.min(...numbers(limits).filter((limit) => limit > 0)),
  };
}

async function readJson(folder: string, name: string): Promise<Json> {
  const path = join(folder, name);
  try {
    return asObject(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new AppError("INVALID_MODEL", `The model's file ${path} is not whole: it is not JSON.`, { cause: error });
  }
}

function preprocessingOf(folder: string, config: Json, preprocessor: Json): Preprocessing {
  const { resize_mode: mode = "shortest", interpolation = "bicubic" } = preprocessor;
  if (mode !== "shortest" || interpolation !== "bicubic") {
    const asked = `${String(mode)}, ${String(interpolation)}`;
    throw new AppError(
      "INVALID_MODEL",
      `The model in ${folder} wants its pictures resized by "${asked}"; Parallax knows "shortest, bicubic" only.`,
    );
  }
  const vision = asObject(config["vision_config"]);
  const side = wholeNumber(folder, "picture size", preprocessor["size"] ?? vision["image_size"]);
  return {
    side,
    mean: threeNumbers(preprocessor["mean"] ?? preprocessor["image_mean"], CLIP_MEAN),
    std: threeNumbers(preprocessor["std"] ?? preprocessor["image_std"], CLIP_STD),
    description: `${mode} ${side} ${interpolation} centre`,
  };
}

function wholeNumber(folder: string, name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
  throw new AppError(
    "INVALID_MODEL",
    `The model in ${folder} does not say its ${name}: its JSON files are not a JinaCLIP's.`,
  );
}

function threeNumbers(value: unknown, otherwise: readonly number[]): readonly number[] {
  const found = numbers(value);
  return found.length === 3 ? found : otherwise;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((item): item is number => Number.isFinite(item)) : [];
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
