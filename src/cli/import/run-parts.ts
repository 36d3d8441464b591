import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../../errors";
import type { Failure } from "./entry";
import { ingestionItems, type IngestionItem } from "./ingestion-items";
import { FAILED_ITEMS, INGESTION, isOver, type Ingestion } from "./operations";
import { pagesWithoutText } from "./pages-without-text";
import type { Part } from "./parts";
import { pdfsInWork } from "./pdfs-in-work";
import { sentBefore } from "./sent-before";
import { sendPart, type SendOptions, type SentPart } from "./send-part";
import type { Tally } from "./tally";
import { toFailure } from "./to-failure";

/** Ingestions that are under way at once: the next is uploaded while the server works, and no more lies about there. */
const INGESTIONS_AT_ONCE = 3;
const POLL_MS = 250;

export interface RunOptions extends Omit<SendOptions, "onUpload"> {
  readonly parts: AsyncIterable<Part>;
  readonly tally: Tally;
  readonly onFailure: (failure: Failure) => void;
  readonly interrupted: AbortSignal;
}

/** Sends parts one after the other and waits until the server is done with all of them. */
export async function runParts(options: RunOptions): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const begin = async (part: Part, sent: SentPart) => {
    const following: Promise<void> = follow(part, sent, options).finally(() => underWay.delete(following));
    // Whoever awaits it below gets its failure; until then nobody does.
    following.catch(() => undefined);
    underWay.add(following);
    if (underWay.size >= INGESTIONS_AT_ONCE) await Promise.race(underWay);
  };
  for await (const part of options.parts) {
    const { earlier, left } = await sentBefore(part, options);
    for (const { part: known, sent } of earlier) await begin(known, sent);
    if (left === null) continue;
    await begin(left, await sendPart(left, { ...options, onUpload: () => options.tally.uploaded++ }));
  }
  await Promise.all(underWay);
}

async function follow(part: Part, sent: SentPart, options: RunOptions): Promise<void> {
  const { client, tally, interrupted } = options;
  for (;;) {
    const { ingestion: now } = await client.ask<{ ingestion: Ingestion | null }>(INGESTION, { id: sent.ingestion.id });
    if (now === null)
      throw new AppError(
        "INGESTION_NOT_FOUND",
        "The server has forgotten what it was sent. Run the same command again.",
      );
    tally.update(now, sent.deleted, pdfsInWork(part, now));
    if (!isOver(now)) {
      await pause(POLL_MS, undefined, { signal: interrupted });
      continue;
    }
    tally.finish(now);
    for await (const one of pagesWithoutText(part, client, now.id)) tally.withoutText.push(one);
    if (now.failed + now.cancelled > 0) await tellFailures(part, sent, options);
    return;
  }
}

async function tellFailures(
  { entries }: Part,
  { ingestion, unsent }: SentPart,
  { client, onFailure }: RunOptions,
): Promise<void> {
  for await (const { index, outcome } of ingestionItems(client, FAILED_ITEMS, ingestion.id)) {
    const { origin, item, file } = entries[index]!;
    onFailure(toFailure(origin, item.key ?? null, unsent.get(index) ?? told(outcome, file !== null)));
  }
}

function told(outcome: IngestionItem["outcome"], isFile: boolean): AppError {
  const { code, message, retryable } = outcome ?? {};
  if (code === undefined)
    return new AppError("SHUTTING_DOWN", "The ingestion was cancelled on the server. Run the same command again.");
  if (code === "UPLOAD_NOT_FOUND" && isFile)
    return new AppError(code, "It could not be sent in an earlier run. Pass --again to send it again.");
  return new AppError(code, message ?? "", { retryable: retryable ?? false });
}
