import type { Message, Reply } from "./messages";
import { settlePlain } from "./plain-outcome";

/** What a child offers once it has started: a value to announce itself with, and answers. */
export interface Service<R, Q, A> {
  readonly ready: R;
  handle(request: Q): Promise<A>;
}

/**
 * The child's side of `startWorker`: starts with the parent's init value, then answers its requests. What `start` or
 * `handle` throws reaches the parent: an AppError with code and message, anything else as INTERNAL_SERVER_ERROR.
 */
export function serveRequests<I, R, Q, A>(start: (init: I) => Promise<Service<R, Q, A>>): void {
  let service: Service<R, Q, A> | null = null;
  const answer = async (body: unknown): Promise<R | A> => {
    if (service !== null) return service.handle(body as Q);
    service = await start(body as I);
    return service.ready;
  };
  process.on("message", (message: Message<unknown>) => void settlePlain(answer(message.body)).then(reply(message.id)));
  // Not process.exit(): that waits for native threads, and one that hangs would leave an orphan.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  // Ctrl-C reaches the whole process group, but the parent decides when a child is no longer needed.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
}

const reply =
  (id: number) =>
  (outcome: Reply<unknown>["outcome"]): void => {
    // Sending fails only when the parent is gone, and then `disconnect` ends this process.
    process.send!({ id, outcome } satisfies Reply<unknown>, undefined, undefined, () => undefined);
  };
