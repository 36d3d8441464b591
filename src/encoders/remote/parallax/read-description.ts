import { unusable } from "../remote-failure";
import type { EncoderDescription } from "./encoder-messages";

/** Throws BatchRefused for what describes no model. */
export function readDescription(body: Buffer): EncoderDescription {
  const { fingerprint, imageSide } = parsed(body);
  const { model, revision, dtype, dimension, preprocessing } = Object(fingerprint) as Record<string, unknown>;
  if (
    typeof model === "string" &&
    typeof revision === "string" &&
    typeof dtype === "string" &&
    typeof preprocessing === "string" &&
    isSize(dimension) &&
    isSize(imageSide)
  ) {
    return { fingerprint: { model, revision, dtype, dimension, preprocessing }, imageSide };
  }
  throw unusable("does not describe a model as a Parallax server with ENCODER_SECRET does");
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString("utf8"))) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const isSize = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= 8_192;
