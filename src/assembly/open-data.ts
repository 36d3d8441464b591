import { pino } from "pino";
import type { Config } from "../config/config";
import { AppError } from "../errors";
import type { Collections } from "../ports/collections";
import type { MediaStore } from "../ports/media-store";
import { isMilvusServer, openCollections, openMedia } from "./storage";

/** The store and the pictures of a configuration, opened by this process itself. */
export interface Data {
  readonly collections: Collections;
  readonly media: MediaStore;
  close(): Promise<void>;
}

/** Throws STORE_UNAVAILABLE; where a server has the Milvus Lite open, with what to do. */
export async function openData(config: Config, tell: (line: string) => void): Promise<Data> {
  tell(isMilvusServer(config) ? "Opening the Milvus server …" : `Opening the Milvus Lite in ${config.milvusUri} …`);
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const media = await openMedia(config);
  try {
    const collections = await openCollections(config, log);
    const close = async () => {
      await collections.close();
      await media.close();
    };
    return { collections, media, close };
  } catch (error) {
    await media.close();
    throw isLocked(error) ? locked(config.milvusUri, error) : error;
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof AppError && error.code === "STORE_UNAVAILABLE" && /another process has/.test(error.message);

const locked = (folder: string, cause: unknown): AppError =>
  new AppError(
    "STORE_UNAVAILABLE",
    `A running Parallax has the Milvus Lite in ${folder} open, and only one process can. Stop that server (Ctrl-C where it runs), ` +
      "run this command again, then start the server again.",
    { cause },
  );
