import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "../../../log";
import type { Fingerprint } from "../../../ports/encoder";
import { cachedCalibrationPath } from "../../calibration-file";
import type { RemoteCalls } from "../remote-calls";

/** Twice 768 vectors of 4,096 numbers, in base64. */
const MAX_CALIBRATION_BYTES = 67_108_864;

export interface CalibrationSource {
  readonly calls: RemoteCalls;
  /** Where the routes begin. */
  readonly url: URL;
  readonly fingerprint: Fingerprint;
  readonly cacheFolder: string;
  readonly log: Log;
}

/**
 * Keeps the calibration that goes with another server's model where one of one's own would be kept, so that both rank
 * alike and nothing is measured twice; at each start, since it may have been made anew there. Where the other server gives
 * none, the last one counts, else it is measured here.
 */
export async function fetchCalibration({
  calls,
  url,
  fingerprint,
  cacheFolder,
  log,
}: CalibrationSource): Promise<void> {
  const path = cachedCalibrationPath(cacheFolder, fingerprint);
  const at = new URL(url);
  at.pathname += "/calibration";
  const request = {
    method: "GET",
    url: at,
    contentType: null,
    body: null,
    maxBytes: MAX_CALIBRATION_BYTES,
    mayBeQuoted: true,
  } as const;
  try {
    const json = await calls.ask(request, (body) => body, calls.startBudget());
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.fetched`, json);
    await rename(`${path}.fetched`, path);
  } catch (thrown) {
    log.info(
      { reason: String((thrown as Error).message) },
      existsSync(path)
        ? "The remote encoder gives no calibration: the last one counts"
        : "The remote encoder gives no calibration: it is measured here",
    );
  }
}
