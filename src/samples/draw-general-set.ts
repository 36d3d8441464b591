import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { drawSamples } from "./draw-samples";
import { generalDrawings, generalTexts } from "./general-set";

/** Texts and picture files of things in general; the pictures are drawn into `folder` once. */
export async function drawGeneralSet(folder: string): Promise<{ texts: string[]; pictures: Uint8Array[] }> {
  const drawings = generalDrawings();
  await drawSamples(drawings, folder, () => undefined);
  const pictures = await Promise.all(drawings.map(({ key }) => readFile(join(folder, `${key}.png`))));
  return { texts: generalTexts(), pictures };
}
