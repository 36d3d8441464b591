import { AppError, failed, toAppError, type Outcome } from "../../errors";
import { BatchRefused } from "./batch-refused";

/**
 * Runs a batch that is answered as a whole or not at all. One that is refused is run once more where that may help, then
 * halved until the item at fault is alone with `alone`. Whatever else `run` throws is the failure of all that it was
 * given. Keeps order and length. Throws only SHUTTING_DOWN.
 */
export async function narrowedBatch<T, R>(
  items: readonly T[],
  run: (items: readonly T[]) => Promise<Outcome<R>[]>,
  alone: (item: T, refused: BatchRefused) => Promise<Outcome<R>>,
): Promise<Outcome<R>[]> {
  const attempt = async (part: readonly T[]): Promise<Outcome<R>[] | BatchRefused> => {
    try {
      return await run(part);
    } catch (thrown) {
      if (thrown instanceof BatchRefused) return thrown;
      if (thrown instanceof AppError && thrown.code === "SHUTTING_DOWN") throw thrown;
      const failure = toAppError(thrown, "ENCODER_FAILED", "The remote encoder could not be asked.");
      return part.map(() => failed(failure));
    }
  };

  const narrow = async (part: readonly T[]): Promise<Outcome<R>[]> => {
    const first = await attempt(part);
    const result = first instanceof BatchRefused && first.mayPass ? await attempt(part) : first;
    if (!(result instanceof BatchRefused)) return result;
    if (part.length === 1) return [await alone(part[0]!, result)];
    const middle = Math.ceil(part.length / 2);
    return [...(await narrow(part.slice(0, middle))), ...(await narrow(part.slice(middle)))];
  };

  return items.length === 0 ? [] : narrow(items);
}
