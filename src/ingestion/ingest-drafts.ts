import { AppError, failed, succeeded, type Outcome } from "../errors";
import type { EmbeddedDocument } from "../search/document";
import type { DocumentStore } from "../search/document-store";
import type { Ingested } from "../search/intake";
import { withCreatedAt, type Complete, type Draft } from "./draft";

/**
 * Stores drafts: what has no key and is there already is a duplicate, content that is stored under another id is not
 * encoded again, everything else is completed and written. A draft whose id came before in the same call has its turn
 * after that one, as if it had been sent later.
 */
export async function ingestDrafts<D extends Draft>(
  store: DocumentStore,
  tenant: string,
  drafts: readonly Outcome<D>[],
  complete: Complete<D>,
): Promise<Outcome<Ingested>[]> {
  const results: Outcome<Ingested>[] = drafts.map((draft) => (draft.ok ? failed(unreached) : draft));
  for (const round of rounds(drafts)) {
    const outcomes = await ingestRound(
      store,
      tenant,
      round.map(({ draft }) => draft),
      complete,
    ).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "STORE_UNAVAILABLE") return round.map(() => failed(error));
      throw error;
    });
    round.forEach(({ index }, i) => (results[index] = outcomes[i]!));
  }
  return results;
}

const unreached = new AppError("INTERNAL_SERVER_ERROR", "The item was not reached.");

interface Placed<D> {
  readonly index: number;
  readonly draft: D;
}

/** Drafts in rounds, each id at most once a round, in order. */
function rounds<D extends Draft>(drafts: readonly Outcome<D>[]): Placed<D>[][] {
  const seen = new Map<string, number>();
  const result: Placed<D>[][] = [];
  drafts.forEach((draft, index) => {
    if (!draft.ok) return;
    const round = seen.get(draft.value.id) ?? 0;
    seen.set(draft.value.id, round + 1);
    (result[round] ??= []).push({ index, draft: draft.value });
  });
  return result;
}

async function ingestRound<D extends Draft>(
  store: DocumentStore,
  tenant: string,
  drafts: readonly D[],
  complete: Complete<D>,
): Promise<Outcome<Ingested>[]> {
  const stored = await store.get(
    tenant,
    drafts.map(({ id }) => id),
  );
  const wanted = drafts.filter((draft, i) => draft.key !== null || stored[i] === null);
  const embedded = await embedDrafts(store, tenant, wanted, complete);
  const outcomes = drafts.map((draft, i): Outcome<EmbeddedDocument> | null => {
    const outcome = embedded.get(draft.id);
    const before = stored[i];
    return outcome?.ok && before
      ? succeeded(withCreatedAt(outcome.value, before.document.createdAt))
      : (outcome ?? null);
  });
  await store.upsert(outcomes.flatMap((outcome) => (outcome?.ok ? [outcome.value] : [])));
  return outcomes.map((outcome, i): Outcome<Ingested> => {
    if (outcome === null) return succeeded({ kind: "duplicate", document: stored[i]!.document });
    if (!outcome.ok) return outcome;
    return succeeded({ kind: "ingested", document: outcome.value.document, created: stored[i] === null });
  });
}

/** Documents by id: from stored content where there is some, else completed, equal content once. */
async function embedDrafts<D extends Draft>(
  store: DocumentStore,
  tenant: string,
  drafts: readonly D[],
  complete: Complete<D>,
): Promise<Map<string, Outcome<EmbeddedDocument>>> {
  const twins = await store.findByContent(
    tenant,
    drafts.map(({ contentHash }) => contentHash),
  );
  const reused = drafts.map((draft, i) => (twins[i] ? draft.reuse(twins[i]) : null));
  const firsts = new Map<string, D>();
  drafts.forEach((draft, i) => {
    if (reused[i] === null && !firsts.has(draft.contentHash)) firsts.set(draft.contentHash, draft);
  });
  const completed = firsts.size === 0 ? [] : await complete([...firsts.values()]);
  const byContent = new Map([...firsts.keys()].map((hash, i) => [hash, completed[i]!]));
  return new Map(
    drafts.map((draft, i) => {
      const twin = reused[i];
      if (twin) return [draft.id, succeeded(twin)];
      const outcome = byContent.get(draft.contentHash)!;
      return [draft.id, outcome.ok ? succeeded(draft.reuse(outcome.value)!) : outcome];
    }),
  );
}
