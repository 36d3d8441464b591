import { AppError, type ErrorCode, failed, succeeded, unwrap, type Outcome } from "../../errors";
import type { Log } from "../../log";
import { ChildDied, type DeathReason } from "../../processes/child-died";
import { childEntry } from "../../processes/child-entry";
import { resilientBatch } from "../../processes/resilient-batch";
import { startWorker } from "../../processes/supervised-worker";
import { startPool, type WorkerPool } from "../../processes/worker-pool";
import type { PictureShape } from "../../ports/encoder";
import type { Gone } from "../../ports/gone";
import type { ThumbnailType } from "../../documents/thumbnail";
import type { DecodedImage, ImageDecoder, Urgency } from "../../ports/image-decoder";
import type { DecoderRequest } from "./decoder-process";
import type { DecodeLimits } from "./open-picture";

export interface DecoderOptions extends DecodeLimits {
  /** At most; they are started as they are needed. */
  readonly processes: number;
  /** How long one picture may take. */
  readonly deadlineMs: number;
  readonly log: Log;
}

const START_TIMEOUT_MS = 30_000;

/** glibc's malloc: what was taken for a picture goes back to the system with it. Other systems ignore these. */
const GIVE_BACK = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "1048576", MALLOC_TRIM_THRESHOLD_: "1048576" };

/** Decodes in processes of their own, one picture a request: what kills or hangs one harms no other. */
export async function startImageDecoder(
  options: DecoderOptions,
): Promise<ImageDecoder & { readonly pids: readonly number[] }> {
  const { processes, deadlineMs, log, maxImageBytes, maxImagePixels, maxMemoryBytes } = options;
  const startOne = () =>
    startWorker<DecodeLimits, null, DecoderRequest, DecodedImage | Uint8Array>({
      name: "decoder",
      entry: childEntry("images/decode/decoder-process"),
      execArgv: ["--expose-gc"],
      environment: GIVE_BACK,
      init: { maxImageBytes, maxImagePixels, maxMemoryBytes },
      startTimeoutMs: START_TIMEOUT_MS,
      deadlineMs,
      restartBudget: { restarts: 50, perMs: 60_000 },
      log,
    });
  const pool = await startPool({ size: processes, startOne, log });
  return new PooledDecoder(pool);
}

class PooledDecoder implements ImageDecoder {
  constructor(private readonly pool: WorkerPool<DecoderRequest, DecodedImage | Uint8Array>) {}

  get pids(): readonly number[] {
    return this.pool.pids;
  }

  decode(
    files: readonly Uint8Array[],
    shape: PictureShape,
    urgency: Urgency = "document",
    gone: Gone | null = null,
  ): Promise<Outcome<DecodedImage>[]> {
    const one = (file: Uint8Array) => this.#ask<DecodedImage>({ kind: "decode", file, shape }, urgency, gone);
    return Promise.all(files.map(one));
  }

  async thumbnail(file: Uint8Array, width: number, mediaType: ThumbnailType): Promise<Uint8Array> {
    // Somebody looks at a page and waits for it.
    return unwrap(await this.#ask<Uint8Array>({ kind: "thumbnail", file, width, mediaType }, "query"));
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** One request, tried again once when its process dies: it may have been a bystander. */
  async #ask<T extends DecodedImage | Uint8Array>(
    request: DecoderRequest,
    urgency: Urgency,
    gone: Gone | null = null,
  ): Promise<Outcome<T>> {
    const run = async () => [await this.#tryOnce<T>(request, urgency, gone)];
    const [outcome] = await resilientBatch([request], run, fatal);
    return outcome!;
  }

  async #tryOnce<T>(request: DecoderRequest, urgency: Urgency, gone: Gone | null): Promise<Outcome<T>> {
    try {
      return succeeded((await this.pool.call(request, urgency === "query", gone)) as T);
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code !== "SHUTTING_DOWN") return failed(thrown);
      throw thrown;
    }
  }
}

/** What became of a picture whose processes died, each time. */
const FATAL: Readonly<Record<DeathReason, readonly [ErrorCode, string]>> = {
  crashed: ["INVALID_IMAGE", "it breaks the decoder. Save it anew with another program."],
  deadline: ["INVALID_IMAGE", "that takes too long. Scale it down or save it in another format."],
  memory: ["TOO_LARGE", "that takes too much memory. Scale it down or save it in another format."],
};

function fatal(cause: unknown): AppError {
  if (!(cause instanceof ChildDied)) {
    return new AppError("INTERNAL_SERVER_ERROR", "The picture could not be decoded.", { cause });
  }
  const [code, why] = FATAL[cause.reason];
  return new AppError(code, `The picture could not be decoded: ${why}`, { cause });
}
