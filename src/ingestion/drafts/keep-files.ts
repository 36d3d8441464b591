import type { MediaStore } from "../../ports/media-store";
import type { Draft } from "./draft";
import type { KeptFile } from "./draft-fields";

/** Puts the files that drafts' documents are pages of into the media store, each once. Throws STORE_UNAVAILABLE. */
export async function keepFiles(media: MediaStore, drafts: readonly Draft[]): Promise<void> {
  const files = new Map<string, KeptFile>();
  for (const { file } of drafts) if (file !== undefined) files.set(file.key.contentHash, file);
  // Asked first: a bucket would take them all again.
  for (const { key, bytes } of files.values()) if (!(await media.has(key))) await media.put(key, bytes);
}
