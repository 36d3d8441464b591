import { AppError, failed, succeeded, type Outcome } from "../errors";
import type { Log } from "../log";
import { childEntry } from "../processes/child-entry";
import { resilientBatch } from "../processes/resilient-batch";
import { startWorker, type Worker } from "../processes/supervised-worker";
import {
  picturesUnsupported,
  type Embedding,
  type Encoder,
  type EncodingRole,
  type Fingerprint,
  type PictureShape,
  type Pixels,
} from "../ports/encoder";
import type { ModelDevice } from "../onnx/model-device";
import type {
  EncodeReply,
  EncodeRequest,
  EncoderInit,
  EncoderReady,
  EncoderReply,
  EncoderRequest,
  TokensReply,
} from "./encoder-messages";
import type { ModelFiles } from "./model-files";

export interface OnnxEncoderOptions {
  readonly files: ModelFiles;
  /** Null: the model's own length. Else one of its Matryoshka dimensions. */
  readonly dimension: number | null;
  readonly device: ModelDevice;
  /** Null: as many as there are cores. */
  readonly threads: number | null;
  readonly startTimeoutMs: number;
  readonly deadlineMs: number;
  readonly log: Log;
}

/**
 * A model of any known layout, run by ONNX Runtime in a process of its own. Throws INVALID_MODEL when the files do not make
 * a working model and INVALID_CONFIGURATION when the model does not have that dimension.
 */
export async function startOnnxEncoder(
  options: OnnxEncoderOptions,
): Promise<Encoder & { readonly pid: number | null }> {
  const { files, device, threads, log, startTimeoutMs, deadlineMs } = options;
  const dimension = chooseDimension(files, options.dimension);
  const { folder, layout, dtype, lowerCase, preprocessing, projectionDim: width, textMaxTokens: maxTokens } = files;
  const picture = preprocessing && { ...preprocessing, side: preprocessing.shape.side };
  const { pooling } = files.text;
  const init: EncoderInit = {
    folder,
    layout,
    dtype,
    device,
    threads,
    picture,
    maxTokens,
    documentPrefix: files.text.prefixes.document,
    lowerCase,
    pooling,
    width,
    dimension,
  };
  const worker = await startWorker<EncoderInit, EncoderReady, EncoderRequest, EncoderReply>({
    name: "encoder",
    entry: childEntry("encoders/onnx-encoder-process"),
    init,
    startTimeoutMs,
    deadlineMs,
    restartBudget: { restarts: 10, perMs: 60_000 },
    log,
  });
  return new OnnxEncoder(
    worker,
    fingerprintOf(files, dimension),
    preprocessing?.shape ?? null,
    files.text.prefixes,
    log,
  );
}

const fingerprintOf = (
  { model, revision, dtype, preprocessing, text }: ModelFiles,
  dimension: number,
): Fingerprint => ({
  model,
  revision,
  dtype,
  dimension,
  preprocessing: preprocessing?.description ?? `texts, ${text.pooling}`,
});

function chooseDimension({ model, projectionDim, matryoshka }: ModelFiles, wanted: number | null): number {
  if (wanted === null || wanted === projectionDim || matryoshka.includes(wanted)) return wanted ?? projectionDim;
  const possible = [...new Set([...matryoshka, projectionDim])].join(", ");
  throw new AppError("INVALID_CONFIGURATION", `EMBEDDING_DIMENSION is ${wanted}, but ${model} can give: ${possible}.`);
}

class OnnxEncoder implements Encoder {
  constructor(
    private readonly worker: Worker<EncoderReady, EncoderRequest, EncoderReply>,
    readonly fingerprint: Fingerprint,
    readonly picture: PictureShape | null,
    private readonly prefixes: Readonly<Record<EncodingRole, string>>,
    private readonly log: Log,
  ) {}

  get dimension(): number {
    return this.fingerprint.dimension;
  }

  get textWindow(): number {
    return this.worker.ready.textWindow;
  }

  /** Of the model's process; null while it is being restarted. */
  get pid(): number | null {
    return this.worker.pid;
  }

  encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const prefix = this.prefixes[role];
    return this.#encode(texts, (part) => ({ kind: "texts", texts: part.map((text) => prefix + text) }));
  }

  async encodeImages(images: readonly Pixels[]): Promise<Outcome<Embedding>[]> {
    if (this.picture === null) return images.map(() => failed(picturesUnsupported(this)));
    return this.#encode(images, (part) => ({ kind: "images", images: part.map(({ rgb }) => rgb) }));
  }

  /** Some at a time, so that queries need not wait for a long text. */
  async countTokens(texts: readonly string[]): Promise<number[]> {
    const tokens: number[] = [];
    for (const part of partsOf(texts)) {
      const reply = (await this.worker.call({ kind: "tokens", texts: part })) as TokensReply;
      tokens.push(...reply.tokens);
    }
    return tokens;
  }

  async ping(): Promise<void> {
    await this.worker.call({ kind: "texts", texts: ["ping"] });
  }

  close(): Promise<void> {
    return this.worker.close();
  }

  #encode<T>(items: readonly T[], request: (items: readonly T[]) => EncodeRequest): Promise<Outcome<Embedding>[]> {
    const run = async (part: readonly T[]) => {
      const reply = (await this.worker.call(request(part))) as EncodeReply;
      this.log.debug({ items: part.length, runs: reply.runs }, "The model ran");
      return reply.embeddings.map(toOutcome);
    };
    return resilientBatch(items, run, encoderFailed);
  }
}

/** Characters that are counted in some ten milliseconds. */
const COUNTED_AT_ONCE = 8_192;

function partsOf(texts: readonly string[]): string[][] {
  const parts: string[][] = [];
  let characters = Infinity;
  for (const text of texts) {
    characters += text.length;
    if (characters > COUNTED_AT_ONCE) {
      parts.push([]);
      characters = text.length;
    }
    parts.at(-1)!.push(text);
  }
  return parts;
}

const toOutcome = ({ vector, truncated }: EncodeReply["embeddings"][number]): Outcome<Embedding> =>
  vector === null ? failed(encoderFailed(undefined)) : succeeded({ vector, truncated });

const encoderFailed = (cause: unknown): AppError =>
  new AppError("ENCODER_FAILED", "The model could not encode this item. Try again later, or with other content.", {
    cause,
  });
