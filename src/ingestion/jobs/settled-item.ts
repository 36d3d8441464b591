import type { Outcome } from "../../errors";
import type { Ingested } from "../intake";
import type { ClaimedItem, ItemOutcome, SettledItem } from "../../ports/ledger";
import { retryInMs } from "./retry-policy";

/** What the ledger is told of a try. */
export function settledItem({ index, attempts }: ClaimedItem, outcome: Outcome<Ingested>): SettledItem {
  if (outcome.ok) return { index, outcome: toOutcome(outcome.value), retryInMs: null };
  const { code, message, retryable } = outcome.error;
  const failure = { state: "failed", code, message, retryable } as const;
  return { index, outcome: failure, retryInMs: retryInMs(outcome.error, attempts + 1) };
}

const toOutcome = (item: Ingested): ItemOutcome =>
  item.kind === "duplicate"
    ? { state: "duplicate", documentId: item.document.id, pdf: item.pdf }
    : { state: "ingested", documentId: item.document.id, created: item.created, pdf: item.pdf };
