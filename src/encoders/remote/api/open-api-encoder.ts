import { AppError } from "../../../errors";
import type { Encoder, PictureShape } from "../../../ports/encoder";
import { RemoteCalls, type RemoteCallsOptions } from "../remote-calls";
import { startFailure } from "../start-failure";
import { ApiCalls, type ApiCallsOptions } from "./api-calls";
import { ApiEncoder } from "./api-encoder";
import { checkApi } from "./check-api";

export interface ApiEncoderOptions extends RemoteCallsOptions {
  readonly address: ApiCallsOptions["address"];
  /** What the API calls the model; null: not set. */
  readonly model: string | null;
  /** Begins another collection when it changes, as when the API's model did behind its name. */
  readonly revision: string;
  /** Null: the model's own. */
  readonly dimension: number | null;
  /** Of the pictures that are sent. */
  readonly imageSide: number;
  /** Put before queries with a space; "" for none. */
  readonly queryPrefix: string;
}

/** A model behind an API, once it answered. Throws INVALID_CONFIGURATION, INVALID_MODEL or MODEL_UNAVAILABLE. */
export async function openApiEncoder(options: ApiEncoderOptions): Promise<Encoder> {
  const { address, model, revision, imageSide, queryPrefix } = options;
  if (model === null) {
    throw new AppError(
      "INVALID_CONFIGURATION",
      "MODEL is the address of an API, so MODEL_NAME must be the name of the model there.",
    );
  }
  const calls = new ApiCalls({ calls: new RemoteCalls(options), address, model, wantedDimension: options.dimension });
  try {
    const picture = calls.dialect.most.pictures === 0 ? null : pictureShape(imageSide);
    const { dimension } = await checkApi(calls, picture, options.dimension);
    const preprocessing = preprocessingOf(picture, queryPrefix);
    const fingerprint = { model, revision, dtype: address.protocol, dimension, preprocessing };
    return new ApiEncoder({ calls, fingerprint, picture, queryPrefix: queryPrefix === "" ? "" : `${queryPrefix} ` });
  } catch (thrown) {
    await calls.close();
    throw startFailure(thrown);
  }
}

/** Their middle square, as large as it is sent: what the model needs besides, the API does. */
const pictureShape = (side: number): PictureShape => ({
  side,
  fit: "cover",
  scaledTo: side,
  filter: "bicubic",
  resampler: "libvips",
});

/** What is done to texts and pictures before they are sent. */
const preprocessingOf = (picture: PictureShape | null, queryPrefix: string): string =>
  [
    picture === null ? "texts alone" : `shortest ${picture.side} ${picture.filter} centre`,
    ...(queryPrefix === "" ? [] : [`queries after ${JSON.stringify(queryPrefix)}`]),
  ].join(", ");
