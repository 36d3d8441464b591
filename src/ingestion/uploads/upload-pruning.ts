import type { Log } from "../../log";
import type { MediaStore } from "../../ports/media-store";
import type { UploadLedger } from "../../ports/ledger";

export interface UploadPruningOptions {
  readonly uploads: UploadLedger;
  readonly media: MediaStore;
  readonly intervalMs: number;
  readonly log: Log;
}

const DELETED_AT_ONCE = 100;

/** Deletes uploads whose time is over and that no job needs, at once and then at every interval. `stop` waits for what runs. */
export function startUploadPruning({ uploads, media, intervalMs, log }: UploadPruningOptions): {
  stop(): Promise<void>;
} {
  let stopping = false;
  let running: Promise<void> | null = null;
  const prune = async () => {
    for (let full = true; full && !stopping;) full = (await pruneSome(uploads, media)) === DELETED_AT_ONCE;
  };
  const run = () => {
    running ??= prune()
      .catch((error: unknown) => log.warn({ err: error }, "Old uploads could not be deleted; trying again later"))
      .finally(() => (running = null));
  };
  run();
  const timer = setInterval(run, intervalMs);
  const stop = async () => {
    stopping = true;
    clearInterval(timer);
    await running;
  };
  return { stop };
}

/** The bytes first: an upload that is still in the ledger is deleted again after a crash. */
async function pruneSome(uploads: UploadLedger, media: MediaStore): Promise<number> {
  const expired = await uploads.expired(DELETED_AT_ONCE);
  await media.delete(expired.map(({ tenant, id }) => ({ kind: "upload", tenant, id })));
  for (const tenant of new Set(expired.map((one) => one.tenant))) {
    await uploads.remove(
      tenant,
      expired.filter((one) => one.tenant === tenant).map(({ id }) => id),
    );
  }
  return expired.length;
}
