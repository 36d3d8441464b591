import { AppError } from "../../../errors";
import type { EncodingRole, PictureShape, Pixels } from "../../../ports/encoder";
import type { TokensRequest } from "./encoder-messages";
import { readFrame, type Frame } from "./frame";

export interface ReadEmbedRequest {
  readonly model: string;
  readonly role: EncodingRole;
  readonly items:
    | { readonly kind: "texts"; readonly texts: readonly string[] }
    | { readonly kind: "images"; readonly images: readonly Pixels[] };
}

/** Of one request. */
export const MOST_ITEMS = 256;

/** The request in a body, all of it checked; `picture`: as the model wants them. Throws BAD_USER_INPUT. */
export function readEmbedRequest(body: Buffer, picture: PictureShape | null): ReadEmbedRequest {
  const frame = frameOf(body);
  const { model, role, kind, texts, count, side } = Object(frame.header) as Record<string, unknown>;
  if (typeof model !== "string") throw wrong("without a model");
  if (role !== "query" && role !== "document") throw wrong("without a role");
  if (kind === "texts") return { model, role, items: { kind, texts: textsOf(texts) } };
  if (kind !== "images") throw wrong("neither of texts nor of images");
  if (picture === null) throw wrong("of pictures, and the model takes texts only");
  if (side !== picture.side) throw wrong(`of pictures that are not ${picture.side} pixels wide and high`);
  return { model, role, items: { kind, images: imagesOf(frame.payload, Number(count), picture.side) } };
}

/** As `readEmbedRequest`, of texts whose tokens are to be counted. */
export function readTokensRequest(body: Buffer): TokensRequest {
  const { model, texts } = Object(frameOf(body).header) as Record<string, unknown>;
  if (typeof model !== "string") throw wrong("without a model");
  return { model, texts: textsOf(texts) };
}

function frameOf(body: Buffer): Frame {
  const frame = readFrame(body);
  if (frame === null) throw wrong("no frame: 4 bytes of length, a header in JSON, a payload");
  return frame;
}

function textsOf(texts: unknown): readonly string[] {
  if (!Array.isArray(texts) || texts.length > MOST_ITEMS) throw wrong(`without a list of up to ${MOST_ITEMS} texts`);
  if (texts.every((text) => typeof text === "string")) return texts;
  throw wrong("with texts that are none");
}

function imagesOf(payload: Buffer, count: number, side: number): Pixels[] {
  const bytes = side * side * 3;
  if (!Number.isInteger(count) || count < 0 || count > MOST_ITEMS || payload.length !== count * bytes) {
    throw wrong(`whose payload is not count times ${bytes} bytes, at most ${MOST_ITEMS} times`);
  }
  return Array.from({ length: count }, (_, i) => ({ side, rgb: payload.subarray(i * bytes, (i + 1) * bytes) }));
}

const wrong = (what: string): AppError =>
  new AppError("BAD_USER_INPUT", `The request is ${what}. Are both servers of the same version?`);
