import { ingestionItems } from "./ingestion-items";
import {
  INGESTION_BY_REQUEST_ID,
  isOver,
  RESUME_INGESTION,
  RETRY_INGESTION,
  STORED_ITEMS,
  type Ingestion,
} from "./operations";
import { partOf, type Part } from "./parts";
import type { SentPart } from "./send-part";
import type { ServerClient } from "./server-client";
import type { Tally } from "./tally";

/** A part of an earlier run, or what of it was deleted since and sent on its own. */
export interface Earlier {
  readonly part: Part;
  readonly sent: SentPart;
}

/**
 * What the server has of a part, taken up again where it can be, and what is left to send: all of it when the server knows of
 * none, else what it stored and was deleted since. What was sent again for that reason is a part of its own.
 */
export async function sentBefore(
  given: Part,
  { client, tally }: { client: ServerClient; tally: Tally },
): Promise<{ earlier: Earlier[]; left: Part | null }> {
  const earlier: Earlier[] = [];
  for (let part = given; ;) {
    const { requestId } = part;
    type Found = { ingestionByRequestId: Ingestion | null };
    const { ingestionByRequestId: found } = await client.ask<Found>(INGESTION_BY_REQUEST_ID, { requestId });
    if (found === null) {
      if (earlier.length > 0) tally.deleted += part.entries.length;
      return { earlier, left: part };
    }
    const isDone = isOver(found) && found.state !== "CANCELLED";
    const deleted = isDone ? await deletedOf(client, found) : [];
    if (isDone) tally.earlier += found.ingested + found.duplicates - deleted.length;
    const operation = AGAIN[found.state];
    if (operation !== undefined) await client.ask(operation, { id: found.id });
    earlier.push({ part, sent: { ingestion: found, unsent: new Map(), deleted: deleted.length } });
    if (deleted.length === 0) return { earlier, left: null };
    part = partOf(
      deleted.map((index) => part.entries[index]!),
      JSON.stringify([requestId, found.id, deleted]),
    );
  }
}

const AGAIN: Partial<Record<Ingestion["state"], string>> = {
  CANCELLED: RESUME_INGESTION,
  COMPLETED_WITH_FAILURES: RETRY_INGESTION,
};

/** Places of the items whose documents are not there any more. */
async function deletedOf(client: ServerClient, { id }: Ingestion): Promise<number[]> {
  const deleted: number[] = [];
  for await (const { index, outcome } of ingestionItems(client, STORED_ITEMS, id))
    if (outcome?.document === null) deleted.push(index);
  return deleted;
}
