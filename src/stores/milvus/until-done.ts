import { setTimeout as pause } from "node:timers/promises";
import type {
  GetFlushStateResponse,
  GetLoadingProgressResponse,
  MilvusClient,
  ResStatus,
} from "@zilliz/milvus2-sdk-node";

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 400;

// Calls for `MilvusConnection.run`, which judges the status that they end with. The SDK's own two sleep once more when all is
// done: 400 ms after a load, 100 after a flush. Milvus Lite is done with either when it answers.

/** Loads a collection, and ends when it is loaded. */
export const loadCollection =
  (name: string) =>
  async (client: MilvusClient): Promise<ResStatus | GetLoadingProgressResponse> => {
    const of = { collection_name: name };
    const asked = await client.loadCollectionAsync(of);
    if (asked.code !== 0) return asked;
    return untilDone(
      () => client.getLoadingProgress(of),
      ({ progress }) => Number(progress) >= 100,
    );
  };

/** Flushes a collection, and ends when it is on the disk. */
export const flushCollection =
  (name: string) =>
  async (client: MilvusClient): Promise<{ readonly status: ResStatus } | GetFlushStateResponse> => {
    const asked = await client.flush({ collection_names: [name] });
    if (asked.status.code !== 0) return asked;
    const segmentIDs = (asked.coll_segIDs[name]?.data ?? []) as number[];
    return untilDone(
      () => client.getFlushState({ segmentIDs }),
      ({ flushed }) => flushed,
    );
  };

/** Asks until it is done, ever less often; the last answer, also where that is a failure. */
async function untilDone<T extends { readonly status: ResStatus }>(
  ask: () => Promise<T>,
  isDone: (answer: T) => boolean,
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (answer.status.code !== 0 || isDone(answer)) return answer;
    await pause(pauseMs);
  }
}
