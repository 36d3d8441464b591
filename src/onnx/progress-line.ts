import type { Log } from "../log";
import type { DownloadProgress } from "./hub-model";

const EVERY_MS = 1_000;
const MEGABYTE = 1_000_000;

/** Logs a download's progress, at most once a second. */
export function progressLine(log: Log): (progress: DownloadProgress) => void {
  let lastMs = 0;
  return ({ file, downloadedBytes, totalBytes }) => {
    const now = performance.now();
    if (now - lastMs < EVERY_MS && downloadedBytes < totalBytes) return;
    lastMs = now;
    const [done, total] = [downloadedBytes, totalBytes].map((bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`);
    const percent = totalBytes === 0 ? 100 : Math.floor((100 * downloadedBytes) / totalBytes);
    log.info({ file }, `Downloading the model: ${percent} % (${done} of ${total})`);
  };
}
