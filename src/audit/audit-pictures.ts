import type { Collections } from "../ports/collections";
import type { DocumentStore } from "../ports/document-store";
import type { MediaStore, PictureFile } from "../ports/media-store";
import type { Finding } from "./finding";
import { findMissing } from "./find-missing";
import { deleteOrphans, findOrphans } from "./find-orphans";

const DELETED_AT_ONCE = 1_000;

export interface AuditOptions {
  /** All of them are looked at: a picture may be shown by the documents of any. */
  readonly collections: Collections;
  readonly media: MediaStore;
  readonly tenant: string;
  /** Files younger than this, in milliseconds, are left alone: their document may be on its way. */
  readonly youngMs: number;
  /** Whether orphans are deleted. */
  readonly deletes: boolean;
  /** Ends the audit with what it was aborted for. */
  readonly signal: AbortSignal;
  readonly onFinding: (finding: Finding) => void;
}

export interface Audited {
  /** Documents with a picture. */
  readonly documents: number;
  /** Those of them whose picture is not there. */
  readonly missing: number;
  /** Files of pictures that belong to no document. */
  readonly orphans: number;
  /** More of those, which are too young to tell. */
  readonly young: number;
  /** Orphans that were deleted. */
  readonly deleted: number;
}

/** Holds the documents of all collections against the pictures in the media store. */
export async function auditPictures(options: AuditOptions): Promise<Audited> {
  const { collections } = options;
  const infos = await collections.list();
  const stores = await Promise.all(infos.map(({ fingerprint }) => collections.open(fingerprint)));
  return { ...(await auditDocuments(options, stores)), ...(await auditFiles(options, stores)) };
}

async function auditDocuments({ media, tenant, signal, onFinding }: AuditOptions, stores: readonly DocumentStore[]) {
  let [documents, missing] = [0, 0];
  for (const store of stores) {
    for await (const one of findMissing(store, media, tenant, (page) => (documents += page))) {
      signal.throwIfAborted();
      missing++;
      onFinding({ fault: "missing", id: one.id, key: one.key, contentHash: one.contentHash });
    }
  }
  return { documents, missing };
}

async function auditFiles(options: AuditOptions, stores: readonly DocumentStore[]) {
  const { media, tenant, youngMs, deletes, signal, onFinding } = options;
  let [orphans, young, deleted] = [0, 0, 0];
  let batch: PictureFile[] = [];
  const flush = async () => {
    if (deletes) deleted += await deleteOrphans(stores, media, tenant, batch);
    batch = [];
  };
  for await (const file of findOrphans(stores, media, tenant)) {
    signal.throwIfAborted();
    if (Date.now() - file.storedAt.getTime() < youngMs) {
      young++;
      continue;
    }
    orphans++;
    onFinding({ fault: "orphan", contentHash: file.contentHash, mediaType: file.mediaType ?? "thumbnail" });
    if (batch.push(file) === DELETED_AT_ONCE) await flush();
  }
  await flush();
  return { orphans, young, deleted };
}
