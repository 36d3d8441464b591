import { failed, toAppError, type Outcome } from "../../errors";
import type { ClaimedItem, Intention, ItemIntention } from "../../ports/ledger";
import type { Draft } from "../drafts/draft";
import type { Creation } from "../drafts/ingest-drafts";
import type { Ingester } from "../ingester";
import type { Ingested } from "../intake";

/** An item that was read and is to be stored. */
export interface Prepared {
  readonly item: ClaimedItem;
  readonly draft: Outcome<Draft>;
  /** Of the budget, until it is settled. */
  readonly heldBytes: number;
  /** Of this try, else of earlier ones. */
  intended: Intention | null;
}

export interface StoreBatchParts {
  readonly tenant: string;
  readonly ingester: Pick<Ingester, "store">;
  /** Notes what is about to be created. Throws SHUTTING_DOWN where the job is another's by now. */
  readonly intend: (intents: readonly ItemIntention[]) => Promise<void>;
  /** Whether nothing of the job is worked on here any more. */
  readonly isGivenUp: () => boolean;
}

/** What became of each item of a batch. One that the store refuses is halved until the item at fault is alone. */
export async function storeBatch(batch: readonly Prepared[], parts: StoreBatchParts): Promise<Outcome<Ingested>[]> {
  const onCreating = async (creations: readonly Creation[]) => {
    for (const { place, intention } of creations) batch[place]!.intended = intention;
    await parts.intend(creations.map(({ place, intention }) => ({ index: batch[place]!.item.index, ...intention })));
  };
  try {
    const drafts = batch.map(({ draft }) => draft);
    const intended = (place: number) => batch[place]!.intended;
    return await parts.ingester.store(parts.tenant, drafts, { intended, onCreating });
  } catch (thrown) {
    if (batch.length === 1 || parts.isGivenUp()) {
      const error = toAppError(
        thrown,
        "INTERNAL_SERVER_ERROR",
        "The item could not be stored; the server's log says why.",
      );
      return batch.map(() => failed(error));
    }
    const middle = Math.ceil(batch.length / 2);
    return [...(await storeBatch(batch.slice(0, middle), parts)), ...(await storeBatch(batch.slice(middle), parts))];
  }
}
