import { AppError } from "../../../errors";
import { dot } from "../../../documents/vector";
import { BatchRefused } from "../batch-refused";
import type { PictureShape } from "../../../ports/encoder";
import type { ApiCalls } from "./api-calls";
import type { ApiInputs } from "./api-dialect";
import { pngOfSquare } from "./png-of-square";

/** Of an input's vectors, encoded twice: APIs round by what else is in the batch. */
export const LEAST_COSINE_OF_AN_API = 0.98;

const SHORT = "a red cat";
const OTHER = "the annual report of a small bank";

export interface CheckedApi {
  /** Length of its vectors. */
  readonly dimension: number;
}

/**
 * Asks an API for two texts and, where it takes any, a grey picture: how long its vectors are, and that they can be what
 * they are said to be. Throws INVALID_MODEL, INVALID_CONFIGURATION, and what the API fails with.
 */
export async function checkApi(
  calls: ApiCalls,
  picture: PictureShape | null,
  wanted: number | null,
): Promise<CheckedApi> {
  const budget = calls.startBudget();
  const ask = (asked: ApiInputs, dimension: number | null) =>
    calls.embed({ ...asked, budget, dimension, isOurOwn: true });
  const [short, other] = await ask({ kind: "texts", inputs: [SHORT, OTHER] }, null);
  const dimension = short?.length ?? 0;
  if (wanted !== null && wanted !== dimension) throw wrongDimension(wanted, dimension);
  const [again] = await ask({ kind: "texts", inputs: [SHORT] }, dimension);
  const [grey] = picture === null ? [short] : await askPicture(ask, picture.side, dimension);
  if (!short || !other || !again || !grey) throw wrong("gives numbers that are no vector");
  if (dot(short, other) > 0.999) throw wrong("gives one vector for different texts");
  if (dot(short, again) < LEAST_COSINE_OF_AN_API)
    throw wrong("gives different vectors for one text, or vectors in another order than the texts'");
  return { dimension };
}

async function askPicture(
  ask: (asked: ApiInputs, dimension: number) => Promise<(Float32Array | null)[]>,
  side: number,
  dimension: number,
): Promise<(Float32Array | null)[]> {
  const grey = await pngOfSquare({ side, rgb: new Uint8Array(side * side * 3).fill(128) });
  try {
    return await ask({ kind: "pictures", inputs: [grey] }, dimension);
  } catch (thrown) {
    if (!(thrown instanceof BatchRefused)) throw thrown;
    throw new AppError(
      "INVALID_CONFIGURATION",
      `The remote encoder takes no pictures as MODEL_PROTOCOL sends them (${thrown.failure.cause ?? thrown.message}). Name a model that takes pictures in MODEL_NAME, set another MODEL_PROTOCOL, or openai for texts alone.`,
      { cause: thrown },
    );
  }
}

const wrong = (what: string): AppError =>
  new AppError("INVALID_MODEL", `The remote encoder ${what}. Check MODEL and MODEL_NAME.`);

const wrongDimension = (wanted: number, given: number): AppError =>
  new AppError(
    "INVALID_CONFIGURATION",
    `EMBEDDING_DIMENSION is ${wanted}, but the remote encoder gives vectors of ${given} numbers. Set it to ${given}, or leave it out.`,
  );
