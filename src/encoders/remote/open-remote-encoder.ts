import type { Encoder } from "../../ports/encoder";
import { openApiEncoder, type ApiEncoderOptions } from "./api/open-api-encoder";
import { openParallaxEncoder } from "./parallax/open-parallax-encoder";
import { remoteAddress, type RemoteProtocol } from "./remote-address";

export interface RemoteEncoderOptions extends Omit<ApiEncoderOptions, "address" | "model"> {
  /** An address. */
  readonly model: string;
  /** "": where the address tells. */
  readonly protocol: RemoteProtocol | "";
  /** What an API calls the model; null: not set. */
  readonly name: string | null;
  readonly cacheFolder: string;
}

/** The encoder at an address. Throws INVALID_CONFIGURATION, INVALID_MODEL or MODEL_UNAVAILABLE. */
export async function openRemoteEncoder({ model, name, ...options }: RemoteEncoderOptions): Promise<Encoder> {
  const { protocol, url } = remoteAddress(model, options.protocol);
  options.log.info({ host: url.host, protocol }, "Asking the remote encoder for its model");
  if (protocol === "parallax") return openParallaxEncoder({ ...options, url });
  return openApiEncoder({ ...options, model: name, address: { protocol, url } });
}
