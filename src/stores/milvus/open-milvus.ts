import type { Log } from "../../log";
import type { MilvusCollections } from "./milvus-collections";
import type { MilvusConnection } from "./milvus-connection";
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
  const { uri, litePython: python, log } = options;
  if (/^https?:\/\//.test(uri)) return collectionsOf(await connectTo(uri, options), { ...options, address: uri });
  let connecting: Promise<MilvusConnection> | null = null;
  // The SDK takes half a second to load and to make a client, for which Lite's start leaves room.
  const onLaunch = (address: string) => {
    void close(connecting);
    connecting = connectTo(address, options);
    connecting.catch(() => undefined);
  };
  try {
    const lite = await startMilvusLite({ folder: uri, python, onLaunch, log });
    log.info({ folder: uri, address: lite.address, child: lite.pid }, "Milvus Lite is ready");
    return await collectionsOf(await connecting!, { ...options, address: lite.address, lite });
  } catch (error) {
    await close(connecting);
    throw error;
  }
}

async function connectTo(address: string, { token, timeoutMs, log }: MilvusOptions): Promise<MilvusConnection> {
  const { MilvusConnection } = await import("./milvus-connection.js");
  return new MilvusConnection({ address, token, timeoutMs, patienceMs: timeoutMs }, log);
}

const close = async (connecting: Promise<MilvusConnection> | null): Promise<void> =>
  connecting?.then((connection) => connection.close()).catch(() => undefined);

type Options = Omit<ConstructorParameters<typeof MilvusCollections>[0], "connection">;

async function collectionsOf(connection: MilvusConnection, options: Options): Promise<MilvusCollections> {
  const { MilvusCollections } = await import("./milvus-collections.js");
  return new MilvusCollections({ ...options, connection });
}
