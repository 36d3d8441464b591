import { createHash } from "node:crypto";
import type { Entry, Found } from "./entry";

/** Items that go in one ingestion. */
export interface Part {
  /** The same for the same items of the same collection, so that a server knows what it was sent before. */
  readonly requestId: string;
  readonly entries: readonly Entry[];
}

/** Items of a part, on average. */
const USUAL_ITEMS = 256;
const MAX_ITEMS = 1_024;
const MAX_LIST_BYTES = 8 * 1024 * 1024;
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/**
 * Entries in parts; whatever is none goes to `onOther`. What an entry is decides whether a part ends with it, so that one
 * entry more in the middle changes its own part and leaves all others what they were.
 */
export async function* partsOf(
  found: AsyncIterable<Found>,
  salt: string,
  onOther: (other: Exclude<Found, Entry>) => void,
): AsyncGenerator<Part> {
  let entries: Entry[] = [];
  let hash = createHash("sha256").update(salt);
  let listBytes = 0;
  let fileBytes = 0;
  for await (const one of found) {
    if (one.kind !== "entry") {
      onOther(one);
      continue;
    }
    const text = JSON.stringify([one.item, one.file?.bytes, one.file?.modifiedMs]);
    hash.update(`${text}\n`);
    entries.push(one);
    listBytes += text.length;
    fileBytes += one.file?.bytes ?? 0;
    const isFull = entries.length >= MAX_ITEMS || listBytes > MAX_LIST_BYTES || fileBytes > MAX_FILE_BYTES;
    if (!isFull && !isBoundary(one, text)) continue;
    yield { requestId: nameOf(hash.digest("hex")), entries };
    [entries, hash, listBytes, fileBytes] = [[], createHash("sha256").update(salt), 0, 0];
  }
  if (entries.length > 0) yield { requestId: nameOf(hash.digest("hex")), entries };
}

/** Some entries as a part of their own, named by what it is for. */
export const partOf = (entries: readonly Entry[], reason: string): Part => ({
  requestId: nameOf(createHash("sha256").update(reason).digest("hex")),
  entries,
});

const nameOf = (digest: string): string => `parallax-import-${digest.slice(0, 40)}`;

const isBoundary = ({ item }: Entry, text: string): boolean =>
  createHash("sha256")
    .update(item.key ?? text)
    .digest()
    .readUInt32BE() %
    USUAL_ITEMS ===
  0;
