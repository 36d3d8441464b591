import { AppError, failed, type Outcome } from "../errors";
import { ChildDied } from "./child-died";

/**
 * Runs a batch in a child that an item may kill. A batch that loses its child is run once more and then halved until
 * the item at fault is alone, so that it alone fails, with `onFatal(ChildDied)`. When `run` throws anything else, all
 * that it was given fail with `onFatal` of that; with WORKER_UNAVAILABLE as it is, which is no item's fault. Keeps order
 * and length. Throws only SHUTTING_DOWN.
 */
export async function resilientBatch<T, R>(
  items: readonly T[],
  run: (items: readonly T[]) => Promise<Outcome<R>[]>,
  onFatal: (thrown: unknown) => AppError,
): Promise<Outcome<R>[]> {
  if (items.length === 0) return [];

  const attempt = async (part: readonly T[]): Promise<Outcome<R>[] | ChildDied> => {
    try {
      return await run(part);
    } catch (thrown) {
      if (thrown instanceof ChildDied) return thrown;
      if (thrown instanceof AppError && thrown.code === "SHUTTING_DOWN") throw thrown;
      if (thrown instanceof AppError && thrown.code === "WORKER_UNAVAILABLE") return part.map(() => failed(thrown));
      return part.map(() => failed(onFatal(thrown)));
    }
  };

  const narrow = async (part: readonly T[]): Promise<Outcome<R>[]> => {
    const result = await attempt(part);
    if (!(result instanceof ChildDied)) return result;
    if (part.length === 1) return [failed(onFatal(result))];
    const middle = Math.ceil(part.length / 2);
    return [...(await narrow(part.slice(0, middle))), ...(await narrow(part.slice(middle)))];
  };

  const first = await attempt(items);
  return first instanceof ChildDied ? narrow(items) : first;
}
