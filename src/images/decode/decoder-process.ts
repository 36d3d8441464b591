import { serveRequests } from "../../processes/serve-requests";
import { stepBack } from "../../processes/step-back";
import { watchMemory } from "../../processes/watch-memory";
import type { PictureShape } from "../../ports/encoder";
import type { ThumbnailType } from "../../documents/thumbnail";
import type { DecodedImage } from "../../ports/image-decoder";
import { decodeImage } from "./decode-image";
import { makeThumbnail } from "./make-thumbnail";
import type { DecodeLimits } from "./open-picture";

export type DecoderRequest =
  | { readonly kind: "decode"; readonly file: Uint8Array; readonly shape: PictureShape }
  | {
      readonly kind: "thumbnail";
      readonly file: Uint8Array;
      readonly width: number;
      readonly mediaType: ThumbnailType;
    };

type DecoderAnswer = DecodedImage | Uint8Array;

/** Above this, what an unpacked picture has left behind is collected before the next one comes. */
const COLLECT_ABOVE_BYTES = 150_000_000;

serveRequests<DecodeLimits, null, DecoderRequest, DecoderAnswer>(async (limits) => {
  // Who searches waits for the other processes, who stores for this one.
  stepBack();
  await watchMemory(limits.maxMemoryBytes);
  const answer = (request: DecoderRequest): Promise<DecoderAnswer> =>
    request.kind === "decode"
      ? decodeImage(request.file, request.shape, limits)
      : makeThumbnail(request.file, request.width, request.mediaType);
  return {
    ready: null,
    handle: (request) => answer(request).finally(() => setImmediate(collect)),
  };
});

/** V8 does not see that a small object holds a large picture. Needs `--expose-gc`. */
function collect(): void {
  if (process.memoryUsage.rss() > COLLECT_ABOVE_BYTES) globalThis.gc?.();
}
