import { succeeded, type Outcome } from "../../errors";
import type { TextDocument } from "../../documents/document";
import type { DocumentStore } from "../../ports/document-store";
import type { Encoder } from "../../ports/encoder";
import { embedPassages } from "./embed-passages";
import { withPassages } from "./long-text";
import type { PassageSize } from "./split-text";

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
  { store, encoder, passages }: AddPassagesParts,
  { id, tenant }: TextDocument,
): Promise<Outcome<boolean>> {
  const read = async () => (await store.read(tenant, [id]))[0];
  const document = await read();
  if (document?.modality !== "text" || !document.truncated) return succeeded(false);
  const [already] = await store.passages([document]);
  if (already!.length > 0) return succeeded(false);
  const long = await embedPassages(document.text, passages, encoder);
  if (!long.ok) return long;
  const first = long.value.passages[0];
  const now = await read();
  if (first === undefined || now?.modality !== "text" || now.contentHash !== document.contentHash) {
    return succeeded(false);
  }
  await store.upsert([withPassages(now, first.vector, long.value)]);
  return succeeded(true);
}
