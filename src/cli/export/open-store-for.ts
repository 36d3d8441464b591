import { AppError } from "../../errors";
import { describeFingerprint, openActiveStore } from "../../stores/active-store";
import type { Collections, DocumentStore } from "../../ports/document-store";
import type { Fingerprint } from "../../ports/encoder";

/** The collection that an export goes into, made active if none is. Throws MODEL_MISMATCH when another model's is. */
export async function openStoreFor(collections: Collections, fingerprint: Fingerprint): Promise<DocumentStore> {
  try {
    return await openActiveStore(collections, fingerprint);
  } catch (error) {
    const active = (await collections.list()).find((one) => one.active);
    if (!(error instanceof AppError) || error.code !== "MODEL_MISMATCH" || active === undefined) throw error;
    throw new AppError(
      "MODEL_MISMATCH",
      `The export was made with ${describeFingerprint(fingerprint)}, but the collection here with ${describeFingerprint(active.fingerprint)}; ` +
        "their vectors cannot be compared. Import it beside that one, with another COLLECTION_PREFIX or with another DATA_FOLDER and MILVUS_URI; " +
        `or import the texts and pictures themselves, to be encoded by ${active.fingerprint.model}.`,
      { cause: error },
    );
  }
}
