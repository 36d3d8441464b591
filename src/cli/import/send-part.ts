import { readFile } from "node:fs/promises";
import { AppError } from "../../errors";
import { isPdf, type LocalFile } from "../../ingestion/local/local-file";
import { inParallel } from "../../in-parallel";
import { CREATE_UPLOAD, START_INGESTION, type Ingestion } from "./operations";
import type { Part } from "./parts";
import type { ServerClient } from "./server-client";

const LIST = "application/x-ndjson";

/** What stands in a list for a file that could not be sent: it fails there as well, so that the others keep their places. */
const UNSENT = "unsent";

/** A part that the server has. */
export interface SentPart {
  readonly ingestion: Ingestion;
  /** Why items could not be sent, by their place. */
  readonly unsent: ReadonlyMap<number, AppError>;
  /** Items that it stored and that were deleted since. */
  readonly deleted: number;
}

export interface SendOptions {
  readonly client: ServerClient;
  /** Files that are sent at once. */
  readonly concurrency: number;
  readonly onUpload: () => void;
}

/** Uploads a part's files and its list, and starts its ingestion. A file that cannot be sent holds nobody back. */
export async function sendPart({ requestId, entries }: Part, options: SendOptions): Promise<SentPart> {
  const { client, concurrency, onUpload } = options;
  const unsent = new Map<number, AppError>();
  const items = await inParallel([...entries.entries()], concurrency, async ([index, entry]) => {
    const { file } = entry;
    if (file === null) return entry.item;
    const id = await uploadFile(client, file).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.retryable || error.code === "INVALID_CONFIGURATION") throw error;
      unsent.set(index, error);
      return UNSENT;
    });
    onUpload();
    return { ...entry.item, [isPdf(file) ? "pdf" : "image"]: { uploadId: id } };
  });
  const list = items.map((item) => `${JSON.stringify(item)}\n`).join("");
  const input = { requestId, uploadId: await upload(client, Buffer.from(list), LIST) };
  const { startIngestion } = await client.ask<{ startIngestion: Ingestion }>(START_INGESTION, { input });
  return { ingestion: startIngestion, unsent, deleted: 0 };
}

async function uploadFile(client: ServerClient, { path, mediaType, bytes }: LocalFile): Promise<string> {
  const link = await createUpload(client, mediaType, bytes);
  const content = await readFile(path).catch((cause: unknown) => {
    throw new AppError("INVALID_ITEM", "The file cannot be read.", { cause });
  });
  await client.put(link.url, content, mediaType);
  return link.id;
}

async function upload(client: ServerClient, bytes: Buffer<ArrayBuffer>, mediaType: string): Promise<string> {
  const { id, url } = await createUpload(client, mediaType, bytes.byteLength);
  await client.put(url, bytes, mediaType);
  return id;
}

async function createUpload(
  client: ServerClient,
  mediaType: string,
  bytes: number,
): Promise<{ id: string; url: string }> {
  const input = { mediaType, bytes };
  return (await client.ask<{ createUpload: { id: string; url: string } }>(CREATE_UPLOAD, { input })).createUpload;
}
