import { setTimeout as pause } from "node:timers/promises";
import { AppError, type ErrorCode } from "../../errors";
import type { Failure } from "./entry";
import {
  FAILED_ITEMS,
  INGESTION,
  INGESTION_BY_REQUEST_ID,
  RESUME_INGESTION,
  RETRY_INGESTION,
  type Ingestion,
} from "./operations";
import type { Part } from "./parts";
import { sendPart, type SendOptions, type SentPart } from "./send-part";
import type { Tally } from "./tally";
import { toFailure } from "./to-failure";

/** Ingestions that are under way at once: the next is uploaded while the server works, and no more lies about there. */
const INGESTIONS_AT_ONCE = 3;
const POLL_MS = 250;
const ITEMS_A_PAGE = 500;

export interface RunOptions extends Omit<SendOptions, "onUpload"> {
  readonly parts: AsyncIterable<Part>;
  readonly tally: Tally;
  readonly onFailure: (failure: Failure) => void;
  readonly interrupted: AbortSignal;
}

/** Sends parts one after the other and waits until the server is done with all of them. */
export async function runParts(options: RunOptions): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for await (const part of options.parts) {
    const sent =
      (await sentBefore(part, options)) ??
      (await sendPart(part, { ...options, onUpload: () => options.tally.uploaded++ }));
    const following: Promise<void> = follow(part, sent, options).finally(() => underWay.delete(following));
    // Whoever awaits it below gets its failure; until then nobody does.
    following.catch(() => undefined);
    underWay.add(following);
    if (underWay.size >= INGESTIONS_AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

/** A part's ingestion of an earlier run, taken up again where it can be; null: the server knows of none. */
async function sentBefore({ requestId }: Part, { client, tally }: RunOptions): Promise<SentPart | null> {
  type Found = { ingestionByRequestId: Ingestion | null };
  const { ingestionByRequestId: found } = await client.ask<Found>(INGESTION_BY_REQUEST_ID, { requestId });
  if (found === null) return null;
  if (isOver(found) && found.state !== "CANCELLED") tally.earlier += found.ingested + found.duplicates;
  const operation = AGAIN[found.state];
  if (operation !== undefined) await client.ask(operation, { id: found.id });
  return { ingestion: found, unsent: new Map() };
}

const AGAIN: Partial<Record<Ingestion["state"], string>> = {
  CANCELLED: RESUME_INGESTION,
  COMPLETED_WITH_FAILURES: RETRY_INGESTION,
};

async function follow(part: Part, { ingestion, unsent }: SentPart, options: RunOptions): Promise<void> {
  const { client, tally, interrupted } = options;
  for (;;) {
    const { ingestion: now } = await client.ask<{ ingestion: Ingestion | null }>(INGESTION, { id: ingestion.id });
    if (now === null)
      throw new AppError(
        "INGESTION_NOT_FOUND",
        "The server has forgotten what it was sent. Run the same command again.",
      );
    tally.update(now);
    if (!isOver(now)) {
      await pause(POLL_MS, undefined, { signal: interrupted });
      continue;
    }
    tally.finish(now);
    if (now.failed + now.cancelled > 0) await tellFailures(part, { ingestion: now, unsent }, options);
    return;
  }
}

const isOver = ({ state }: Ingestion): boolean => state !== "QUEUED" && state !== "RUNNING";

interface ItemPage {
  readonly ingestion: {
    readonly items: {
      readonly nodes: readonly {
        readonly index: number;
        readonly outcome: { readonly code?: ErrorCode; readonly message?: string; readonly retryable?: boolean } | null;
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

async function tellFailures(
  { entries }: Part,
  { ingestion, unsent }: SentPart,
  { client, onFailure }: RunOptions,
): Promise<void> {
  for (let after: string | null = null; ;) {
    const page: ItemPage = await client.ask(FAILED_ITEMS, { id: ingestion.id, first: ITEMS_A_PAGE, after });
    for (const { index, outcome } of page.ingestion.items.nodes) {
      const { origin, item, picture } = entries[index]!;
      const failure = toFailure(origin, item.key ?? null, unsent.get(index) ?? told(outcome, picture !== null));
      onFailure(failure);
    }
    const { hasNextPage, endCursor } = page.ingestion.items.pageInfo;
    if (!hasNextPage) return;
    after = endCursor;
  }
}

function told(outcome: ItemPage["ingestion"]["items"]["nodes"][number]["outcome"], isPicture: boolean): AppError {
  const { code, message, retryable } = outcome ?? {};
  if (code === undefined)
    return new AppError("SHUTTING_DOWN", "The ingestion was cancelled on the server. Run the same command again.");
  if (code === "UPLOAD_NOT_FOUND" && isPicture)
    return new AppError(code, "It could not be sent in an earlier run. Say --again to send it anew.");
  return new AppError(code, message ?? "", { retryable: retryable ?? false });
}
