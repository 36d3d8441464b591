import type { Log } from "../../log";
import { allPages } from "../../ports/all-pages";
import type { DocumentStore } from "../../ports/document-store";

/** There was no other tenant while collections had the older shape. */
const TENANT = "default";
const AT_ONCE = 500;
const TELL_EVERY_MS = 5_000;

/** Copies every document with its vector, telling how far it is. May be repeated: what is there is written again. */
export async function moveDocuments(from: DocumentStore, to: DocumentStore, log: Log): Promise<void> {
  const total = await from.count(TENANT, null);
  const told = { moved: 0, total, from: from.name, to: to.name };
  log.info(told, "The collection has the shape of an older version: moving its documents");
  let toldAt = Date.now();
  const all = { tenant: TENANT, filter: null, limit: AT_ONCE };
  for await (const page of allPages((query) => from.page(query), all)) {
    const ids = page.map(({ id }) => id);
    await to.upsert((await from.get(TENANT, ids)).filter((one) => one !== null));
    told.moved += ids.length;
    if (Date.now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = Date.now();
    log.info(told, "Documents are being moved");
  }
  log.info(told, "All documents are moved");
}
