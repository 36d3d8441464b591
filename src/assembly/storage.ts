import { join } from "node:path";
import type { Config } from "../config/config";
import { openMediaStore } from "../images/media/open-media-store";
import type { Log } from "../log";
import type { MediaStore } from "../ports/media-store";
import { litePython } from "../stores/milvus/lite-python";
import { openMilvus } from "../stores/milvus/open-milvus";

export const isMilvusServer = ({ milvusUri }: Config): boolean => /^https?:/.test(milvusUri);

/**
 * The Python of Milvus Lite where that is used; null beside a Milvus server. An installed package gets Milvus Lite by this
 * call. Throws STORE_UNAVAILABLE with what to do.
 */
export async function prepareMilvusLite(config: Config): Promise<string | null> {
  if (isMilvusServer(config)) return null;
  return config.milvusLitePython ?? (await litePython(config.cacheFolder));
}

/** The collections that a configuration names. */
export const openCollections = async (config: Config, log: Log) =>
  openMilvus({
    uri: config.milvusUri,
    token: config.milvusToken,
    litePython: await prepareMilvusLite(config),
    prefix: config.collectionPrefix,
    timeoutMs: config.storeTimeoutMs,
    log,
  });

/** The media store that a configuration names. */
export const openMedia = (config: Config): Promise<MediaStore> =>
  openMediaStore({
    uri: config.mediaUri ?? join(config.dataFolder, "media"),
    accessKeyId: config.awsAccessKeyId,
    secretAccessKey: config.awsSecretAccessKey,
    sessionToken: config.awsSessionToken,
    timeoutMs: config.storeTimeoutMs,
  });

/** The ledger that a configuration names. */
export const openJobLedger = async ({ ledgerUrl, ledgerToken, dataFolder }: Config) => {
  const { openLedger } = await import("../ledger/open-ledger.js");
  return openLedger({ address: ledgerUrl ?? join(dataFolder, "ledger.db"), token: ledgerToken });
};
