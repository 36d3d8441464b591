import { AppError, failed, succeeded, type Outcome } from "../errors";
import type { Log } from "../log";
import { ChildDied } from "../processes/child-died";
import { childEntry } from "../processes/child-entry";
import { resilientBatch } from "../processes/resilient-batch";
import { startWorker } from "../processes/supervised-worker";
import { startPool, type WorkerPool } from "../processes/worker-pool";
import type { DecodedImage, ImageDecoder, ThumbnailType } from "../search/images";
import type { DecodeLimits } from "./decode-image";
import type { DecodeRequest } from "./decoder-process";

export interface DecoderOptions extends DecodeLimits {
  readonly processes: number;
  /** How long one picture may take. */
  readonly deadlineMs: number;
  readonly log: Log;
}

const START_TIMEOUT_MS = 30_000;

/** Decodes in processes of their own, one picture a request: what kills or hangs one harms no other. */
export async function startImageDecoder(
  options: DecoderOptions,
): Promise<ImageDecoder & { readonly pids: readonly number[] }> {
  const { processes, deadlineMs, log, maxImageBytes, maxImagePixels } = options;
  const pool = await startPool<null, DecodeRequest, DecodedImage | Uint8Array>(processes, () =>
    startWorker({
      name: "decoder",
      entry: childEntry("images/decoder-process"),
      init: { maxImageBytes, maxImagePixels } satisfies DecodeLimits,
      startTimeoutMs: START_TIMEOUT_MS,
      deadlineMs,
      restartBudget: { restarts: 50, perMs: 60_000 },
      log,
    }),
  );
  return new PooledDecoder(pool);
}

class PooledDecoder implements ImageDecoder {
  constructor(private readonly pool: WorkerPool<DecodeRequest, DecodedImage | Uint8Array>) {}

  get pids(): readonly number[] {
    return this.pool.pids;
  }

  async decode(files: readonly Uint8Array[], side: number): Promise<Outcome<DecodedImage>[]> {
    const one = async (file: Uint8Array): Promise<Outcome<DecodedImage>> => {
      const [outcome] = await resilientBatch([file], ([only]) => this.#ask({ file: only!, side }), fatal);
      return outcome!;
    };
    return Promise.all(files.map(one));
  }

  async thumbnail(file: Uint8Array, width: number, mediaType: ThumbnailType): Promise<Uint8Array> {
    return (await this.pool.call({ file, width, mediaType })) as Uint8Array;
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  async #ask(request: DecodeRequest): Promise<Outcome<DecodedImage>[]> {
    try {
      return [succeeded((await this.pool.call(request)) as DecodedImage)];
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code !== "SHUTTING_DOWN") return [failed(thrown)];
      throw thrown;
    }
  }
}

const fatal = (cause: unknown): AppError =>
  cause instanceof ChildDied
    ? new AppError(
        "INVALID_IMAGE",
        "The picture could not be decoded: decoding it took too long or broke the decoder.",
        { cause },
      )
    : new AppError("INTERNAL_SERVER_ERROR", "The picture could not be decoded.", { cause });
