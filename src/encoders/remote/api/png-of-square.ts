import type { Pixels } from "../../../ports/encoder";
import { pngOfPixels } from "../../../png/png-of-pixels";

/** As little as takes little time: drawings shrink, photos hardly. */
const LEVEL = 1;

/** A picture as it is prepared for the model, as a PNG file in base64: nothing of it is lost. */
export async function pngOfSquare({ side, rgb }: Pixels): Promise<string> {
  const rows = { samples: rgb, stride: side * 3, channels: 3 } as const;
  return (await pngOfPixels(rows, side, side, { icc: null, level: LEVEL })).toString("base64");
}
