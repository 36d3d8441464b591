import { AutoModel, JinaCLIPTextModel, JinaCLIPVisionModel, type Tensor } from "./transformers";
import { AppError } from "../errors";
import type { ModelDevice } from "./model-device";
import { onnxFile } from "./onnx-file";

/**
 * How ONNX Runtime runs a model. The arena never gives memory back, and one long batch would be paid for ever after.
 * Weights that are stored in 8 bits are multiplied out once, when the file is loaded, instead of in every run (8 times as
 * long for a short text), and exactly: left to itself, the runtime rounds what it multiplies them with. A thread that has
 * nothing to do waits awake for the next operation (30 µs), then sleeps, since other processes want the cores: asleep at
 * once, a short text takes a sixth longer, for the same processor time; awake for as long as the runtime would have it, twice as much of it.
 */
const SESSION = {
  enableCpuMemArena: false,
  extra: { session: { disable_quant_qdq: "1", intra_op: { spin_duration_us: "30" } } },
};

const RUNNERS = { AutoModel, JinaCLIPTextModel, JinaCLIPVisionModel };

export type Tensors = Record<string, Tensor>;
export type Run = (inputs: Tensors) => Promise<Tensors>;

export interface SessionOptions {
  /** Absolute path of the model's folder. */
  readonly folder: string;
  /** In onnx/, without what a dtype adds to the name. */
  readonly file: string;
  /** The class of Transformers.js that runs it. */
  readonly runner: keyof typeof RUNNERS;
  readonly dtype: string;
  readonly device: ModelDevice;
  /** Of one run; null: as many as there are cores. */
  readonly threads: number | null;
  /** How the settings begin that chose it: "MODEL", of MODEL_DTYPE. */
  readonly setting: string;
}

/** Makes an ONNX file of `env.localModelPath`/`name` ready to run. Throws INVALID_MODEL when it does not load. */
export async function loadSession(name: string, options: SessionOptions): Promise<Run> {
  const { file, runner, dtype, device, threads } = options;
  const loading: Promise<unknown> = RUNNERS[runner].from_pretrained(name, {
    dtype: dtype as "fp32",
    device,
    model_file_name: file,
    local_files_only: true,
    session_options: { ...SESSION, ...(threads === null ? {} : { intraOpNumThreads: threads }) },
  });
  return (await loading.catch((cause: unknown) => notLoaded(options, onnxFile(file, dtype) ?? file, cause))) as Run;
}

/** Throws INVALID_MODEL in the name of a file of the model. */
export function notLoaded(
  { folder, device, setting }: Pick<SessionOptions, "folder" | "device" | "setting">,
  file: string,
  cause: unknown,
): never {
  const reason = String(cause instanceof Error ? cause.message : cause).replaceAll(/\s+/g, " ");
  const message =
    `The model's file ${file} in ${folder} cannot be loaded on ${device} (${reason.slice(0, 300)}). ` +
    (device === "cpu"
      ? `Copy or download it again, or try another ${setting}_DTYPE.`
      : `Install what ONNX Runtime needs for ${device} (docs/models.md#on-a-gpu) or set MODEL_DEVICE=cpu. Where that is ` +
        `there, copy or download the file again, or try another ${setting}_DTYPE.`);
  throw new AppError("INVALID_MODEL", message, { cause });
}

/** Of models in 16 bits, some answer in them. */
export const floatsOf = (tensor: Tensor): Float32Array =>
  (tensor.type === "float32" ? tensor : tensor.to("float32")).data as Float32Array;
