import { AppError } from "../errors";
import type { Collections } from "../ports/collections";
import type { DocumentStore } from "../ports/document-store";
import type { Fingerprint } from "../ports/encoder";
import { describeFingerprint, openActiveStore, sameFingerprint } from "./open-active-store";

/** The collection that an export goes into, made active if none is. Throws MODEL_MISMATCH when another model's is. */
export async function openStoreFor(collections: Collections, fingerprint: Fingerprint): Promise<DocumentStore> {
  const active = (await collections.list()).find((one) => one.active);
  if (active === undefined || sameFingerprint(active.fingerprint, fingerprint))
    return openActiveStore(collections, fingerprint);
  throw new AppError(
    "MODEL_MISMATCH",
    `The export was made with ${describeFingerprint(fingerprint)}, but the collection here with ${describeFingerprint(active.fingerprint)}; ` +
      "their vectors cannot be compared. Import it beside that one, with another COLLECTION_PREFIX or with another DATA_FOLDER and MILVUS_URI; " +
      `or import the texts and pictures themselves, to be encoded by ${active.fingerprint.model}.`,
  );
}
