import { createHash } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Response } from "undici";
import { AppError } from "../errors";
import { hashFile } from "./hash-file";
import type { Hub } from "./hub";
import type { HubFile } from "./hub-listing";

/** Hears how many bytes of the file are on disk by now; the number falls when a server makes us begin again. */
export type BytesListener = (bytesOnDisk: number) => void;

/**
 * Downloads one file of the hub to `target`, which appears at once and whole. What an earlier try or an earlier run left
 * in `target`.part is continued. Size and, where the hub knows it, SHA-256 are checked.
 */
export async function downloadFile(
  hub: Hub,
  address: string,
  file: HubFile,
  target: string,
  onBytes: BytesListener,
): Promise<void> {
  if ((await sizeOf(target)) === file.sizeBytes) return onBytes(file.sizeBytes);
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true }).catch(rethrowWriteError(part));
  let most = 0;
  const noteBytes = (bytes: number) => {
    most = Math.max(most, bytes);
    onBytes(bytes);
  };
  await hub.retry(
    () => continueFile(hub, address, file, part, noteBytes),
    () => most,
  );
  await checkHash(file, part);
  await rename(part, target).catch(rethrowWriteError(target));
}

async function continueFile(
  hub: Hub,
  address: string,
  file: HubFile,
  part: string,
  onBytes: BytesListener,
): Promise<void> {
  let have = (await sizeOf(part)) ?? 0;
  if (have > file.sizeBytes) have = 0;
  onBytes(have);
  if (have === file.sizeBytes && have > 0) return;
  const response = await hub.get(address, have > 0 ? { range: `bytes=${have}-` } : {});
  const start = await startOf(response, have, file, part);
  const end = await append(response, part, start, file, onBytes);
  if (end < file.sizeBytes) throw new Error(`the connection ended after ${end} of ${file.sizeBytes} bytes`);
}

/** At which byte of the file the answer's body begins: a server may ignore the range that was asked for. */
async function startOf(response: Response, asked: number, file: HubFile, part: string): Promise<number> {
  if (response.status === 200) return 0;
  if (response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${asked}-`)) return asked;
  await response.body?.cancel();
  if (response.status !== 206 && response.status !== 416) {
    throw new AppError(
      "INVALID_MODEL",
      `The hub lists ${file.path} but does not give it out (HTTP ${response.status}).`,
    );
  }
  await rm(part, { force: true });
  throw new Error(`HTTP ${response.status} does not continue ${file.path} at byte ${asked}`);
}

async function append(
  response: Response,
  part: string,
  start: number,
  file: HubFile,
  onBytes: BytesListener,
): Promise<number> {
  const output = await open(part, start > 0 ? "a" : "w").catch(rethrowWriteError(part));
  let bytes = start;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > file.sizeBytes) throw new Error(`more than the ${file.sizeBytes} bytes that the hub lists`);
      await output.appendFile(chunk).catch(rethrowWriteError(part));
      onBytes(bytes);
    }
    return bytes;
  } finally {
    await output.close();
  }
}

async function checkHash(file: HubFile, part: string): Promise<void> {
  if (file.sha256 === undefined) return;
  const hash = createHash("sha256");
  await hashFile(hash, part);
  if (hash.digest("hex") === file.sha256) return;
  await rm(part, { force: true });
  throw new AppError(
    "MODEL_UNAVAILABLE",
    `${file.path} arrived with a wrong SHA-256 and was thrown away: start again to download it.`,
  );
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => found.size,
    () => undefined,
  );
}

/** A full or read-only disk does not get better by asking the hub again. */
function rethrowWriteError(path: string): (cause: Error) => never {
  return (cause) => {
    throw new AppError("MODEL_UNAVAILABLE", `The model could not be written to ${path}: ${cause.message}.`, { cause });
  };
}
