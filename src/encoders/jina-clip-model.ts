import { AutoModel, AutoTokenizer, JinaCLIPTextModel, JinaCLIPVisionModel, Tensor } from "./transformers";
import type { EncodeReply, EncoderInit } from "./encoder-messages";
import { cutAndNormalise } from "./unit-vectors";

/** Padded tokens of one run; bounds memory, since attention grows with them. */
const TOKENS_A_RUN = 4_096;
const TEXTS_A_RUN = 64;
/** Pixels of one run: 32 pictures of 96 px, 20 of 224 px, 3 of 512 px. */
const PIXELS_A_RUN = 1_000_000;
const IMAGES_A_RUN = 32;

/**
 * How ONNX Runtime runs a model. The arena never gives memory back, and one long batch would be paid for ever after.
 * Weights that are stored in 8 bits are multiplied out once, when the file is loaded, instead of in every run (8 times as
 * long for a short text), and exactly: left to itself, the runtime rounds what it multiplies them with. Idle threads sleep,
 * since other processes want the cores.
 */
const SESSION = {
  enableCpuMemArena: false,
  extra: { session: { disable_quant_qdq: "1", intra_op: { allow_spinning: "0" } } },
};

type Inputs = Record<string, Tensor>;
type Run = (inputs: Inputs) => Promise<Record<string, Tensor>>;

export interface JinaClip {
  encodeTexts(texts: readonly string[]): Promise<EncodeReply>;
  encodeImages(images: readonly Uint8Array[]): Promise<EncodeReply>;
}

/** Loads both towers of a JinaCLIP model from `env.localModelPath`/`name`. */
export async function loadJinaClip(name: string, init: EncoderInit): Promise<JinaClip> {
  const options = {
    dtype: init.dtype as "fp32",
    device: init.device,
    local_files_only: true,
    session_options: { ...SESSION, ...(init.threads === null ? {} : { intraOpNumThreads: init.threads }) },
  };
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
  const towers = await loadTowers(name, init.layout, options);
  const tokenize = (texts: string[]) => {
    const { input_ids } = tokenizer(texts, { padding: false, truncation: false, return_tensor: false });
    return input_ids as number[][];
  };
  const padding = BigInt(tokenizer.pad_token_id ?? 0);
  return {
    encodeTexts: (texts) => encodeTexts(tokenize([...texts]), padding, towers.text, init),
    encodeImages: (images) => encodeImages(images, towers.image, init),
  };
}

interface Tower {
  readonly run: Run;
  readonly output: string;
}

async function loadTowers(
  name: string,
  layout: EncoderInit["layout"],
  options: object,
): Promise<{ text: Tower; image: Tower }> {
  if (layout === "fused") {
    const run = (await AutoModel.from_pretrained(name, options)) as unknown as Run;
    return { text: { run, output: "l2norm_text_embeddings" }, image: { run, output: "l2norm_image_embeddings" } };
  }
  const text = (await JinaCLIPTextModel.from_pretrained(name, options)) as unknown as Run;
  const image = (await JinaCLIPVisionModel.from_pretrained(name, options)) as unknown as Run;
  return { text: { run: text, output: "text_embeds" }, image: { run: image, output: "image_embeds" } };
}

async function encodeTexts(tokens: number[][], padding: bigint, tower: Tower, init: EncoderInit): Promise<EncodeReply> {
  const rows = tokens.map((ids, index) => ({
    index,
    ids: cut(ids, init.maxTokens),
    truncated: ids.length > init.maxTokens,
  }));
  const embeddings: EncodeReply["embeddings"][number][] = [];
  // Texts of like length run together, so that little of the work is padding.
  const runs = group(rows.sort((a, b) => a.ids.length - b.ids.length));
  for (const run of runs) {
    const vectors = await runTower(
      tower,
      {
        input_ids: padded(
          run.map(({ ids }) => ids),
          padding,
        ),
      },
      init.dimension,
    );
    run.forEach(({ index, truncated }, i) => (embeddings[index] = { vector: vectors[i]!, truncated }));
  }
  return { embeddings, runs: runs.length };
}

/** The first tokens and the last one, which closes every sequence. */
const cut = (ids: number[], maxTokens: number): number[] =>
  ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1)!];

/** Rows, shortest first, in runs of bounded size. */
function group<T extends { ids: number[] }>(rows: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const fits = run && run.length < TEXTS_A_RUN && (run.length + 1) * row.ids.length <= TOKENS_A_RUN;
    if (fits) run.push(row);
    else runs.push([row]);
  }
  return runs;
}

function padded(rows: readonly number[][], padding: bigint): Tensor {
  const length = Math.max(...rows.map((ids) => ids.length));
  const data = new BigInt64Array(rows.length * length).fill(padding);
  rows.forEach((ids, row) => data.set(ids.map(BigInt), row * length));
  return new Tensor("int64", data, [rows.length, length]);
}

async function encodeImages(images: readonly Uint8Array[], tower: Tower, init: EncoderInit): Promise<EncodeReply> {
  const perRun = Math.min(IMAGES_A_RUN, Math.max(1, Math.floor(PIXELS_A_RUN / init.side ** 2)));
  const embeddings: EncodeReply["embeddings"][number][] = [];
  let runs = 0;
  for (let at = 0; at < images.length; at += perRun, runs++) {
    const vectors = await runTower(
      tower,
      { pixel_values: pixelValues(images.slice(at, at + perRun), init) },
      init.dimension,
    );
    embeddings.push(...vectors.map((vector) => ({ vector, truncated: false })));
  }
  return { embeddings, runs };
}

/** [n, 3, side, side], each channel shifted and scaled as the model was trained. */
function pixelValues(images: readonly Uint8Array[], { side, mean, std }: EncoderInit): Tensor {
  const area = side * side;
  const data = new Float32Array(images.length * 3 * area);
  images.forEach((rgb, n) => {
    for (let channel = 0; channel < 3; channel++) {
      const [scale, shift] = [1 / (255 * std[channel]!), mean[channel]! / std[channel]!];
      const plane = (n * 3 + channel) * area;
      for (let i = 0; i < area; i++) data[plane + i] = rgb[i * 3 + channel]! * scale - shift;
    }
  });
  return new Tensor("float32", data, [images.length, 3, side, side]);
}

async function runTower({ run, output }: Tower, inputs: Inputs, dimension: number): Promise<(Float32Array | null)[]> {
  const outputs = await run(inputs);
  const [rows, width] = outputs[output]!.dims as [number, number];
  const data = outputs[output]!.data as Float32Array;
  const vectors = Array.from({ length: rows }, (_, row) =>
    cutAndNormalise(data.subarray(row * width, (row + 1) * width), dimension),
  );
  for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose();
  return vectors;
}
