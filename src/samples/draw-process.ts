import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { COLOURS } from "./colours";
import type { Drawing } from "./drawing";
import type { DrawReport, DrawRequest } from "./draw-samples";
import { iconSvg } from "./icon-svg";
import { tint } from "./tint";

// The process that draws: the only file of the room that loads sharp, so that its parent need not.

const SIDE = 256;
const MARGIN = 13;
const AT_ONCE = 8;

/** The picture of a drawing as a PNG. */
async function draw({ set, name, colour, ground }: Drawing): Promise<Buffer> {
  const side = SIDE - 2 * MARGIN;
  const svg = Buffer.from(iconSvg(set, name, side));
  const { data } = await sharp(svg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  if (colour !== null) tint(data, colour);
  const [r, g, b] = ground === null ? [255, 255, 255] : COLOURS[ground];
  const background = { r, g, b };
  return sharp(data, { raw: { width: side, height: side, channels: 4 } })
    .flatten({ background })
    .extend({ top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, background })
    .png()
    .toBuffer();
}

async function drawAll({ drawings, folder }: DrawRequest): Promise<void> {
  for (let start = 0; start < drawings.length; start += AT_ONCE) {
    const part = drawings.slice(start, start + AT_ONCE);
    await Promise.all(part.map(async (one) => writeFile(join(folder, `${one.key}.png`), await draw(one))));
    report({ kind: "progress", done: start + part.length });
  }
  report({ kind: "finished" });
}

function report(message: DrawReport): void {
  process.send?.(message);
}

process.once("disconnect", () => process.exit());
process.once("message", (request: DrawRequest) => {
  drawAll(request).catch((error: unknown) => report({ kind: "failed", reason: String(error) }));
});
