import { succeeded, type Outcome } from "../../errors";
import type { TextDocument } from "../../documents/document";
import type { DocumentStore } from "../../ports/document-store";
import type { Encoder } from "../../ports/encoder";
import { embedPassages } from "./embed-passages";
import type { PassageSize } from "./split-text";
import { withPassages } from "./with-passages";

export interface AddPassagesParts {
  readonly store: DocumentStore;
  readonly encoder: Encoder;
  readonly passages: PassageSize;
}

/**
 * Gives passages to a stored text of which the model saw only the beginning; whether it has them now. Searches find the
 * document as it was until then. The row is looked at again before it is written: whoever replaced or deleted it meanwhile
 * is right.
 */
export async function addPassages(
  { store, encoder, passages: size }: AddPassagesParts,
  { id, tenant }: TextDocument,
): Promise<Outcome<boolean>> {
  const read = async () => (await store.read(tenant, [id]))[0];
  const document = await read();
  if (document?.modality !== "text" || !document.truncated) return succeeded(false);
  // They outlast a row that was restored from an export, or not written since the server was killed.
  const [kept] = await store.passages([document]);
  const passages = kept!.length > 0 ? succeeded(kept!) : await embedPassages(document.text, size, encoder);
  if (!passages.ok) return passages;
  const now = await read();
  const [first] = passages.value;
  if (first === undefined || now?.modality !== "text" || now.contentHash !== document.contentHash) {
    return succeeded(false);
  }
  await store.upsert([withPassages(now, first.vector, passages.value)]);
  return succeeded(true);
}
