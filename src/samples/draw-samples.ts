import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { childEntry } from "../processes/child-entry";
import { childEnvironment } from "../processes/child-environment";
import type { Drawing } from "./drawing";

/** What the drawing process is sent. */
export interface DrawRequest {
  readonly drawings: readonly Drawing[];
  readonly folder: string;
}

/** What the drawing process answers. */
export type DrawReport =
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "finished" }
  | { readonly kind: "failed"; readonly reason: string };

const STAMP = "drawn.json";
/** Raise it when the same list would be drawn differently. */
const DRAWING_VERSION = 1;

/**
 * Draws `<folder>/<key>.png` for each drawing, 256 × 256, in a process of its own. A second call for the same list does
 * nothing: a stamp, written last, says that the folder is whole.
 */
export async function drawSamples(
  drawings: readonly Drawing[],
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const stamp = createHash("sha256")
    .update(JSON.stringify([DRAWING_VERSION, drawings]))
    .digest("hex");
  if (await isDrawn(drawings, folder, stamp)) return;
  await mkdir(folder, { recursive: true });
  await drawInChild({ drawings, folder }, (done) => onProgress(done, drawings.length));
  await writeFile(join(folder, `${STAMP}.new`), JSON.stringify({ stamp }));
  await rename(join(folder, `${STAMP}.new`), join(folder, STAMP));
}

async function isDrawn(drawings: readonly Drawing[], folder: string, stamp: string): Promise<boolean> {
  const found = await readFile(join(folder, STAMP), "utf8").catch(() => "");
  if (found !== JSON.stringify({ stamp })) return false;
  const files = new Set(await readdir(folder));
  return drawings.every(({ key }) => files.has(`${key}.png`));
}

async function drawInChild(request: DrawRequest, onProgress: (done: number) => void): Promise<void> {
  const child = fork(childEntry("samples/draw-process"), { env: childEnvironment(), execArgv: [] });
  try {
    await finished(child, request, onProgress);
  } finally {
    if (child.connected) child.disconnect();
  }
}

function finished(child: ChildProcess, request: DrawRequest, onProgress: (done: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("message", (report: DrawReport) => {
      if (report.kind === "progress") onProgress(report.done);
      else if (report.kind === "finished") resolve();
      else reject(new Error(`The sample pictures could not be drawn: ${report.reason}`));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`The process that draws the sample pictures ended early (${signal ?? code}).`)),
    );
    child.send(request, (error) => error && reject(error));
  });
}
