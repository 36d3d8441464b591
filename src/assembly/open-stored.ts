import { existsSync } from "node:fs";
import type { Config } from "../config/config";
import { AppError } from "../errors";
import type { DocumentStore } from "../ports/document-store";
import { openData, type Data } from "./open-data";
import { isMilvusServer } from "./storage";

export interface StoredData extends Data {
  /** The active collection. */
  readonly store: DocumentStore;
}

/** What a server has stored, to be read. Throws BAD_USER_INPUT where there is nothing to `what`, and as `openData` does. */
export async function openStored(
  config: Config,
  what: "export" | "measure" | "audit",
  tell: (line: string) => void,
): Promise<StoredData> {
  // A Milvus Lite would make the folder.
  if (!isMilvusServer(config) && !existsSync(config.milvusUri)) throw nothing(what);
  const data = await openData(config, tell);
  try {
    const active = (await data.collections.list()).find((one) => one.active);
    if (active === undefined) throw nothing(what);
    return { ...data, store: await data.collections.open(active.fingerprint) };
  } catch (error) {
    await data.close();
    throw error;
  }
}

const nothing = (what: string): AppError =>
  new AppError(
    "BAD_USER_INPUT",
    `There is nothing to ${what}: no server has stored anything there. Check MILVUS_URI and COLLECTION_PREFIX.`,
  );
