import { AppError, failed, succeeded, type Outcome } from "../../errors";
import type { Document, EmbeddedDocument } from "../../documents/document";
import { pdfPageOf } from "../../documents/pdf-page";
import type { DocumentStore } from "../../ports/document-store";
import type { Ingested } from "../intake";
import type { Intention } from "../../ports/ledger";
import { withCreatedAt, type Draft } from "./draft";

export interface IngestOptions {
  readonly store: DocumentStore;
  readonly tenant: string;
  /** Turns drafts of content that is not stored yet into documents; keeps order and length. */
  readonly complete: (drafts: readonly Draft[]) => Promise<Outcome<EmbeddedDocument>[]>;
  /** Sees to it that the files are kept that drafts' documents are pages of. */
  readonly keep?: (drafts: readonly Draft[]) => Promise<void>;
  /** Whether a document's picture is there, and the PDF that it is a page of; true of other texts. A document without its picture does not count as stored. */
  readonly hasPicture: (document: Document) => Promise<boolean>;
  /**
   * Told of documents that are not stored any more, or not after all, so that their pictures may have lost the last one.
   * `isSure`: false where a write may still come through.
   */
  readonly onLeft: (documents: readonly Document[], isSure: boolean) => void;
  /** What the draft of a place was about to create in this try or an earlier one. */
  readonly intended?: (place: number) => Intention | null;
  /** Told which drafts' documents are new, just before these are written. */
  readonly onCreating?: (creations: readonly Creation[]) => Promise<void>;
}

/** A draft, by its place, and the document that it is about to create. */
export interface Creation {
  readonly place: number;
  readonly intention: Intention;
}

/**
 * Stores drafts: what replaces nothing and is there already is a duplicate, content that is stored under another id is not
 * encoded again, everything else is completed and written. A draft whose id came before in the same call has its turn
 * after that one, as if it had been sent later.
 */
export async function ingestDrafts(
  drafts: readonly Outcome<Draft>[],
  options: IngestOptions,
): Promise<Outcome<Ingested>[]> {
  const results: Outcome<Ingested>[] = drafts.map((draft) => (draft.ok ? failed(unreached) : draft));
  for (const round of rounds(drafts)) {
    const outcomes = await ingestWhole(round, options).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "STORE_UNAVAILABLE") return round.map(() => failed(error));
      throw error;
    });
    round.forEach(({ index }, i) => (results[index] = outcomes[i]!));
  }
  return results;
}

const unreached = new AppError("INTERNAL_SERVER_ERROR", "The item was not reached.");

interface Placed {
  readonly index: number;
  readonly draft: Draft;
}

/** Drafts in rounds, each id at most once a round, in order. */
function rounds(drafts: readonly Outcome<Draft>[]): Placed[][] {
  const seen = new Map<string, number>();
  const result: Placed[][] = [];
  drafts.forEach((draft, index) => {
    if (!draft.ok) return;
    const round = seen.get(draft.value.id) ?? 0;
    seen.set(draft.value.id, round + 1);
    (result[round] ??= []).push({ index, draft: draft.value });
  });
  return result;
}

/** Another server may have deleted a picture as the last of its kind while its document was being stored: once more. */
async function ingestWhole(round: readonly Placed[], options: IngestOptions): Promise<Outcome<Ingested>[]> {
  const outcomes = await ingestRound(round, options);
  const whole = await Promise.all(outcomes.map((one) => !one.ok || options.hasPicture(one.value.document)));
  const lost = round.filter((_, i) => !whole[i]);
  if (lost.length > 0) await ingestRound(lost, options);
  return outcomes;
}

async function ingestRound(round: readonly Placed[], options: IngestOptions): Promise<Outcome<Ingested>[]> {
  const { store, tenant, onCreating } = options;
  const drafts = round.map(({ draft }) => draft);
  await options.keep?.(drafts);
  const stored = await store.get(
    tenant,
    drafts.map(({ id }) => id),
  );
  const intact = await Promise.all(stored.map((one) => one !== null && options.hasPicture(one.document)));
  const wanted = drafts.filter((draft, i) => draft.replaces || !intact[i]);
  const embedded = await embedDrafts(wanted, options);
  const outcomes = drafts.map((draft, i): Outcome<EmbeddedDocument> | null => {
    const outcome = embedded.get(draft.id);
    const createdAt = stored[i]?.document.createdAt ?? intentionOf(round[i]!, options)?.createdAt;
    return outcome?.ok && createdAt ? succeeded(withCreatedAt(outcome.value, createdAt)) : (outcome ?? null);
  });
  const created = round.flatMap(({ index }, i) => {
    const outcome = outcomes[i];
    return outcome?.ok && stored[i] === null ? [creation(index, outcome.value.document)] : [];
  });
  const written = outcomes.flatMap((outcome) => (outcome?.ok ? [outcome.value] : []));
  const replaced = stored.flatMap((one, i) => {
    const outcome = outcomes[i];
    return one !== null && outcome?.ok && !isAlike(one.document, outcome.value.document) ? [one.document] : [];
  });
  try {
    if (created.length > 0) await onCreating?.(created);
    await store.upsert(written);
  } catch (error) {
    const isSure = !(error instanceof AppError && error.code === "STORE_UNAVAILABLE");
    options.onLeft([...written.map(({ document }) => document), ...replaced], isSure);
    throw error;
  }
  options.onLeft(replaced, true);
  return outcomes.map((outcome, i): Outcome<Ingested> => {
    const before = stored[i]?.document;
    const isOurs = before === undefined || isOwn(before, intentionOf(round[i]!, options));
    if (outcome === null) {
      return succeeded(
        isOurs ? { kind: "ingested", document: before!, created: true } : { kind: "duplicate", document: before },
      );
    }
    if (!outcome.ok) return outcome;
    return succeeded({ kind: "ingested", document: outcome.value.document, created: isOurs });
  });
}

const creation = (place: number, { id, createdAt }: Document): Creation => ({
  place,
  intention: { documentId: id, createdAt },
});

/** What the draft was about to create, unless its content has changed since. */
function intentionOf({ index, draft }: Placed, { intended }: IngestOptions): Intention | null {
  const intention = intended?.(index) ?? null;
  return intention?.documentId === draft.id ? intention : null;
}

const isOwn = (stored: Document, intention: Intention | null): boolean =>
  stored.createdAt.getTime() === intention?.createdAt.getTime();

/** Whether both are for the same files. */
const isAlike = (a: Document, b: Document): boolean =>
  a.modality === b.modality &&
  a.contentHash === b.contentHash &&
  pdfPageOf(a.metadata)?.pdf === pdfPageOf(b.metadata)?.pdf;

/** Documents by id: from stored content where there is some, else completed, equal content once. */
async function embedDrafts(
  drafts: readonly Draft[],
  { store, tenant, complete, hasPicture }: IngestOptions,
): Promise<Map<string, Outcome<EmbeddedDocument>>> {
  const twins = await store.findByContent(
    tenant,
    drafts.map(({ contentHash }) => contentHash),
  );
  const intact = await Promise.all(twins.map((twin) => twin !== null && hasPicture(twin.document)));
  const whole = await withPassagesOf(store, twins);
  const reused = drafts.map((draft, i) => (whole[i] && intact[i] ? draft.reuse(whole[i]) : null));
  const firsts = new Map<string, Draft>();
  drafts.forEach((draft, i) => {
    if (reused[i] === null && !firsts.has(contentOf(draft))) firsts.set(contentOf(draft), draft);
  });
  const completed = firsts.size === 0 ? [] : await complete([...firsts.values()]);
  const byContent = new Map([...firsts.keys()].map((content, i) => [content, completed[i]!]));
  return new Map(
    drafts.map((draft, i) => {
      const twin = reused[i];
      if (twin) return [draft.id, succeeded(twin)];
      const outcome = byContent.get(contentOf(draft))!;
      return [draft.id, outcome.ok ? succeeded(draft.reuse(outcome.value)!) : outcome];
    }),
  );
}

/** Stored documents with their passages. */
async function withPassagesOf(
  store: DocumentStore,
  stored: readonly (EmbeddedDocument | null)[],
): Promise<(EmbeddedDocument | null)[]> {
  const there = stored.filter((one) => one !== null);
  const passages = (await store.passages(there.map(({ document }) => document))).values();
  return stored.map((one) => one && { ...one, passages: passages.next().value! });
}

/** A text may have the bytes of a picture, and is another content all the same. */
const contentOf = ({ modality, contentHash }: Draft): string => `${modality} ${contentHash}`;
