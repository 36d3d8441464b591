import { AppError } from "../errors";
import type { Collections } from "../ports/collections";
import type { DocumentStore } from "../ports/document-store";
import type { Fingerprint } from "../ports/encoder";

/** A fingerprint as messages name it. */
export const describeFingerprint = ({ model, revision, dtype, dimension }: Fingerprint): string =>
  `${model} (revision ${revision.slice(0, 12)}, ${dtype}, ${dimension} dimensions)`;

/**
 * Opens the collection of this encoder and makes it the active one. Throws MODEL_MISMATCH when another encoder's
 * collection is active: its vectors cannot be compared with this one's.
 */
export async function openActiveStore(collections: Collections, fingerprint: Fingerprint): Promise<DocumentStore> {
  const active = (await collections.list()).find((one) => one.active);
  if (active && !sameFingerprint(active.fingerprint, fingerprint)) {
    throw new AppError(
      "MODEL_MISMATCH",
      `The collection was made by ${describeFingerprint(active.fingerprint)}, but MODEL is now ${describeFingerprint(fingerprint)}. ` +
        `${howToGoBack(active.fingerprint, fingerprint)}, or start a new collection with another COLLECTION_PREFIX or data folder ` +
        "and store everything anew.",
    );
  }
  const store = await collections.open(fingerprint);
  await collections.activate(fingerprint);
  return store;
}

/** A release may bring a model of the same name that was trained anew. */
const howToGoBack = (before: Fingerprint, now: Fingerprint): string =>
  before.model === now.model
    ? "Put back what has changed (the release of Parallax, the model's files, MODEL_REVISION, MODEL_DTYPE or EMBEDDING_DIMENSION)"
    : `Set MODEL=${before.model} again`;

/** Whether the vectors of two models can be compared. */
export const sameFingerprint = (a: Fingerprint, b: Fingerprint): boolean =>
  a.model === b.model &&
  a.revision === b.revision &&
  a.dtype === b.dtype &&
  a.dimension === b.dimension &&
  a.preprocessing === b.preprocessing;
