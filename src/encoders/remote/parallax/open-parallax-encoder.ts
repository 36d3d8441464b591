import { AppError } from "../../../errors";
import type { Encoder } from "../../../ports/encoder";
import { RemoteCalls, type RemoteCallsOptions } from "../remote-calls";
import { startFailure } from "../start-failure";
import { fetchCalibration } from "./fetch-calibration";
import { describeEncoder, ParallaxEncoder } from "./parallax-encoder";

export interface ParallaxEncoderOptions extends RemoteCallsOptions {
  /** Where the routes begin: https://gpu.internal/encoder/v1. */
  readonly url: URL;
  /** What must be served there; null: whatever is. */
  readonly dimension: number | null;
  /** What goes with the model is kept here. */
  readonly cacheFolder: string;
}

/** The model of another Parallax server, once that answered. Throws INVALID_CONFIGURATION or MODEL_UNAVAILABLE. */
export async function openParallaxEncoder(options: ParallaxEncoderOptions): Promise<Encoder> {
  const calls = new RemoteCalls(options);
  try {
    const description = await describeEncoder(calls, options.url, calls.startBudget());
    const encoder = new ParallaxEncoder(calls, options.url, description);
    if (options.dimension === null || options.dimension === encoder.dimension) {
      await fetchCalibration({ ...options, calls, fingerprint: encoder.fingerprint });
      return encoder;
    }
    throw new AppError(
      "INVALID_CONFIGURATION",
      `EMBEDDING_DIMENSION is ${options.dimension}, but the server at MODEL gives vectors of ${encoder.dimension} numbers. Set it there, or leave it out here.`,
    );
  } catch (thrown) {
    await calls.close();
    throw startFailure(thrown);
  }
}
