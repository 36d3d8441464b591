import { notLoaded, type Tensors } from "../onnx/load-session";
import { type Filling, groupByLength, type TokenRow, tokenInputs } from "../onnx/token-inputs";
import { AutoTokenizer } from "../onnx/transformers";
import type { EncodeReply, EncoderInit } from "./encoder-messages";
import { loadTower, runTower } from "./loaded-tower";
import { picturesAtOnce, pixelValues } from "./pixel-values";

export interface OnnxModel {
  /** See `Encoder.textWindow`. */
  readonly textWindow: number;
  /** Tokens of each text, without those that the model adds. */
  countTokens(texts: readonly string[]): number[];
  encodeTexts(texts: readonly string[]): Promise<EncodeReply>;
  /** Of a model with pictures. */
  encodeImages(images: readonly Uint8Array[]): Promise<EncodeReply>;
}

type Embeddings = EncodeReply["embeddings"][number][];
type RunInputs = (inputs: Tensors) => Promise<(Float32Array | null)[]>;

/** Loads a model from `env.localModelPath`/`name`, as its layout says. Throws INVALID_MODEL when a file does not load. */
export async function loadOnnxModel(name: string, init: EncoderInit): Promise<OnnxModel> {
  const { text, image } = init.layout;
  const { tokenize, countTokens, textWindow, filling } = await loadTokenizer(name, init);
  const runText = await loadTower(name, text, init);
  // One file may hold both.
  const runImage = image === null || image.file === text.file ? runText : await loadTower(name, image, init);
  return {
    textWindow,
    countTokens,
    encodeTexts: (texts) => encodeRows(tokenize(texts), filling, (inputs) => runTower(runText, text, inputs, init)),
    encodeImages: (images) => encodePictures(images, init, (inputs) => runTower(runImage, image!, inputs, init)),
  };
}

async function loadTokenizer(name: string, init: EncoderInit) {
  const { layout, maxTokens, documentPrefix, lowerCase } = init;
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true }).catch((cause: unknown) =>
    notLoaded({ ...init, setting: "MODEL" }, "tokenizer.json", cause),
  );
  const filling: Filling = {
    padding: BigInt(tokenizer.pad_token_id ?? 0),
    side: tokenizer.padding_side === "left" ? "left" : "right",
    length: layout.padding === "full" ? maxTokens : null,
  };
  const idsOf = (texts: readonly string[], isWhole: boolean): number[][] => {
    if (texts.length === 0) return [];
    const written = texts.map((text) => (lowerCase ? text.toLowerCase() : text));
    const options = { padding: false, truncation: false, return_tensor: false, add_special_tokens: isWhole };
    return tokenizer(written, options).input_ids as number[][];
  };
  const tokenize = (texts: readonly string[]): TokenRow[] =>
    idsOf(texts, true).map((row, index) => cut(row, index, maxTokens));
  const countTokens = (texts: readonly string[]): number[] => idsOf(texts, false).map(({ length }) => length);
  // With a word, since a prefix's last space is of what follows it.
  const added = idsOf([`${documentPrefix}a`], true)[0]!.length - countTokens(["a"])[0]!;
  const textWindow = maxTokens - added;
  return { tokenize, countTokens, textWindow, filling };
}

/** The first tokens and the last one, which closes every sequence. */
const cut = (ids: number[], index: number, maxTokens: number): TokenRow => ({
  index,
  ids: ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1)!],
  truncated: ids.length > maxTokens,
});

async function encodeRows(rows: readonly TokenRow[], filling: Filling, run: RunInputs): Promise<EncodeReply> {
  const embeddings: Embeddings = [];
  const groups = groupByLength(rows, filling.length);
  for (const group of groups) {
    const vectors = await run(tokenInputs(group, filling));
    group.forEach(({ index, truncated }, i) => (embeddings[index] = { vector: vectors[i]!, truncated }));
  }
  return { embeddings, runs: groups.length };
}

async function encodePictures(
  images: readonly Uint8Array[],
  { picture }: EncoderInit,
  run: RunInputs,
): Promise<EncodeReply> {
  const embeddings: Embeddings = [];
  const atOnce = picturesAtOnce(picture!);
  for (let at = 0; at < images.length; at += atOnce) {
    const vectors = await run({ pixel_values: pixelValues(images.slice(at, at + atOnce), picture!) });
    embeddings.push(...vectors.map((vector) => ({ vector, truncated: false })));
  }
  return { embeddings, runs: Math.ceil(images.length / atOnce) };
}
