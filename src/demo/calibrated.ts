import { setTimeout as pause } from "node:timers/promises";
import type { Ask } from "./graphql-client";

const PATIENCE_MS = 20_000;
const PAUSE_MS = 200;
/** Counts are rounded. */
const CLOSE = 0.1;

interface Counts {
  readonly texts: number;
  readonly images: number;
}

/** Resolves when scores take account of what was just stored, or when that takes too long to wait for. */
export async function calibrated(ask: Ask): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(PAUSE_MS)) {
    const { collection } = await ask<{ collection: Counts & { calibration: Counts } }>(
      "{ collection { texts images calibration { texts images } } }",
    );
    const isClose = (kind: keyof Counts) =>
      Math.abs(collection[kind] - collection.calibration[kind]) <= CLOSE * collection[kind];
    if (isClose("texts") && isClose("images")) return;
  }
}
