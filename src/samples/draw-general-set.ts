import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { drawSamples } from "./draw-samples";
import { generalDrawings, generalTexts } from "./general-set";

/** Texts and picture files of things in general; the pictures are drawn into `folder` once, when they are asked for. */
export function drawGeneralSet(folder: string): { texts: string[]; pictures(): Promise<Uint8Array[]> } {
  const pictures = async () => {
    const drawings = generalDrawings();
    await drawSamples(drawings, folder, () => undefined);
    return Promise.all(drawings.map(({ key }) => readFile(join(folder, `${key}.png`))));
  };
  return { texts: generalTexts(), pictures };
}
