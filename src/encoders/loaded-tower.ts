import { AutoModel, JinaCLIPTextModel, JinaCLIPVisionModel, type Tensor } from "./transformers";
import { AppError } from "../errors";
import type { EncoderInit } from "./encoder-messages";
import { onnxFile } from "./layout-files";
import type { Tower } from "./model-layout";
import { poolTokens } from "./pool-tokens";
import { cutAndNormalise } from "./unit-vectors";

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

const RUNNERS = { AutoModel, JinaCLIPTextModel, JinaCLIPVisionModel };

export type Tensors = Record<string, Tensor>;
type Run = (inputs: Tensors) => Promise<Tensors>;

/** Makes an ONNX file ready to run. Throws INVALID_MODEL when it does not load. */
export async function loadTower(name: string, { file, runner }: Tower, init: EncoderInit): Promise<Run> {
  const { dtype, device, threads } = init;
  const options = {
    dtype: dtype as "fp32",
    device,
    model_file_name: file,
    local_files_only: true,
    session_options: { ...SESSION, ...(threads === null ? {} : { intraOpNumThreads: threads }) },
  };
  const loading: Promise<unknown> = RUNNERS[runner].from_pretrained(name, options);
  return (await loading.catch((cause: unknown) => notLoaded(init, onnxFile(file, dtype) ?? file, cause))) as Run;
}

/** Throws INVALID_MODEL in the name of a file of the model. */
export function notLoaded({ folder, device }: EncoderInit, file: string, cause: unknown): never {
  const reason = String(cause instanceof Error ? cause.message : cause).replaceAll(/\s+/g, " ");
  const message =
    `The model's file ${file} in ${folder} cannot be loaded on ${device} (${reason.slice(0, 300)}). ` +
    "Copy or download it again, or try another MODEL_DTYPE or MODEL_DEVICE.";
  throw new AppError("INVALID_MODEL", message, { cause });
}

/**
 * Runs a tower: one unit vector a row of the inputs, cut to the dimension; null where the model gave no usable numbers.
 * Throws INVALID_MODEL when it gives something else than its layout and config.json say.
 */
export async function runTower(
  run: Run,
  tower: Tower,
  inputs: Tensors,
  init: EncoderInit,
): Promise<(Float32Array | null)[]> {
  const outputs = await run(inputs);
  const { data, width } = rowsOf(outputs, tower, inputs, init);
  if (width !== init.width) {
    throw wrongOutput(init, `gives vectors of ${width} numbers where its config.json says ${init.width}`);
  }
  const vectors = Array.from({ length: data.length / width }, (_, row) =>
    cutAndNormalise(data.subarray(row * width, (row + 1) * width), init.dimension),
  );
  for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose();
  return vectors;
}

interface Rows {
  readonly data: Float32Array;
  readonly width: number;
}

function rowsOf(outputs: Tensors, { vectors, tokenVectors }: Tower, inputs: Tensors, init: EncoderInit): Rows {
  const named = (names: readonly string[]) => names.map((name) => outputs[name]).find((one) => one !== undefined);
  const whole = named(vectors);
  if (whole?.dims.length === 2) return { data: floatsOf(whole), width: whole.dims[1]! };
  const tokens = named(tokenVectors);
  if (tokens?.dims.length === 3 && init.pooling !== null) {
    const dims = tokens.dims as [number, number, number];
    return { data: poolTokens(floatsOf(tokens), dims, inputs["attention_mask"]!, init.pooling), width: dims[2] };
  }
  const wanted = [...vectors, ...tokenVectors].join(" or ");
  throw wrongOutput(init, `gives ${Object.keys(outputs).join(", ")}, not ${wanted}, as a ${init.layout.title} does`);
}

/** Of models in 16 bits, some answer in them. */
const floatsOf = (tensor: Tensor): Float32Array =>
  (tensor.type === "float32" ? tensor : tensor.to("float32")).data as Float32Array;

const wrongOutput = ({ folder, dtype }: EncoderInit, what: string): AppError =>
  new AppError("INVALID_MODEL", `The model in ${folder} (${dtype}) ${what}. Use files that belong together.`);
