import { AppError, failed, isErrorCode, succeeded, type Outcome } from "../../../errors";
import type { Embedding } from "../../../ports/encoder";
import { unusable } from "../remote-failure";
import { readFrame } from "./frame";

/** How far the length of a vector may be from 1. */
const TOLERANCE = 1e-3;

/** The outcomes of a batch, its vectors to the bit as they were sent. Throws BatchRefused for what is no answer to it. */
export function readEmbedAnswer(body: Buffer, count: number, dimension: number): Outcome<Embedding>[] {
  const frame = readFrame(body);
  const { outcomes } = Object(frame?.header) as { outcomes?: unknown };
  if (frame === null || !Array.isArray(outcomes)) throw unusable("answered with what is no frame of vectors");
  if (outcomes.length !== count) throw unusable(`gave ${outcomes.length} outcomes for ${count} inputs`);
  const told = outcomes.map((one: unknown) => Object(one) as { truncated?: unknown; error?: unknown });
  const vectors = told.filter(({ error }) => error === undefined).length;
  const bytes = dimension * 4;
  if (frame.payload.length !== vectors * bytes) {
    throw unusable(`gave ${frame.payload.length} bytes for ${vectors} vectors of ${dimension} numbers`);
  }
  let next = 0;
  return told.map(({ truncated, error }) => {
    if (error !== undefined) return failed(errorOf(error));
    const vector = vectorAt(frame.payload, next++ * bytes, bytes);
    return vector === null ? failed(noUnitVector()) : succeeded({ vector, truncated: truncated === true });
  });
}

/** Null: it is no unit vector. */
function vectorAt(payload: Buffer, start: number, bytes: number): Float32Array | null {
  const vector = new Float32Array(Uint8Array.from(payload.subarray(start, start + bytes)).buffer);
  return Math.abs(Math.hypot(...vector) - 1) < TOLERANCE ? vector : null;
}

function errorOf(error: unknown): AppError {
  const { code, message, retryable } = Object(error) as { code?: unknown; message?: unknown; retryable?: unknown };
  return new AppError(isErrorCode(code) ? code : "ENCODER_FAILED", String(message).slice(0, 500), {
    retryable: retryable === true,
  });
}

const noUnitVector = (): AppError =>
  new AppError(
    "ENCODER_FAILED",
    "The remote encoder gave numbers for this item that are no unit vector. Try again later.",
  );
