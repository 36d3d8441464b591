import { serveRequests } from "../processes/serve-requests";
import type { DecodedImage } from "../search/images";
import { decodeImage, type DecodeLimits } from "./decode-image";

export interface DecodeRequest {
  readonly file: Uint8Array;
  readonly side: number;
}

serveRequests<DecodeLimits, null, DecodeRequest, DecodedImage>(async (limits) => ({
  ready: null,
  handle: ({ file, side }) => decodeImage(file, side, limits),
}));
