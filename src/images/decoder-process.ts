import { serveRequests } from "../processes/serve-requests";
import type { DecodedImage, ThumbnailType } from "../search/images";
import { decodeImage, thumbnail, type DecodeLimits } from "./decode-image";

export type DecodeRequest =
  | { readonly file: Uint8Array; readonly side: number }
  | { readonly file: Uint8Array; readonly width: number; readonly mediaType: ThumbnailType };

serveRequests<DecodeLimits, null, DecodeRequest, DecodedImage | Uint8Array>(async (limits) => ({
  ready: null,
  handle: (request) =>
    "side" in request
      ? decodeImage(request.file, request.side, limits)
      : thumbnail(request.file, request.width, request.mediaType),
}));
