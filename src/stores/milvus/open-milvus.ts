import type { Log } from "../../log";
import { MilvusCollections } from "./milvus-collections";
import { MilvusConnection } from "./milvus-connection";
import { startMilvusLite } from "./milvus-lite";

export interface MilvusOptions {
  /** A folder, which starts Milvus Lite, or "http(s)://host:port". */
  readonly uri: string;
  readonly token: string | null;
  readonly litePython: string | null;
  readonly prefix: string;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Only tests set it: the size from which on a graph index is used. */
  readonly flatUpTo?: number;
}

/** Collections of whatever Milvus the address names; closing them stops what was started. */
export async function openMilvus(options: MilvusOptions): Promise<MilvusCollections> {
  const { uri, token, litePython, timeoutMs, log } = options;
  const isServer = /^https?:\/\//.test(uri);
  const lite = isServer ? null : await startMilvusLite({ folder: uri, python: litePython, log });
  if (lite) log.info({ folder: uri, address: lite.address, child: lite.pid }, "Milvus Lite is ready");
  const address = lite?.address ?? uri;
  const connection = new MilvusConnection({ address, token, timeoutMs, patienceMs: timeoutMs }, log);
  return new MilvusCollections({ ...options, connection, address, ...(lite ? { lite } : {}) });
}
