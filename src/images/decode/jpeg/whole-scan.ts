import { type JpegFrame, readFrame } from "./jpeg-frame";
import { placesOfFirst, placesOfOthers, readCodes } from "./huffman-codes";
import { type JpegOutline, type JpegScan, readOutline } from "./jpeg-outline";
import { isFrame, jpegSegments, PROGRESSIVE } from "./jpeg-segments";
import { type BlockCodes, holdsJustBlocks, type ScanShape } from "./scan-data";

/** Whether there is one scan with all components, that holds all of the picture and no more. */
export function isWholeScan({ frame, scans: [scan, more] }: JpegOutline): boolean {
  if (more !== undefined || scan!.components.length !== frame.components.length || scan!.script.join() !== "0,63,0") {
    return false;
  }
  const shape = shapeOf(frame, scan!);
  return shape !== null && holdsJustBlocks(scan!.data, shape);
}

/**
 * Whether the last row of blocks may lack some of which a strict decoder says nothing. libvips asks for what was odd before it
 * reads a strip of rows, never behind the last one; where colours are coarser downwards, the last blocks are read before that strip,
 * and of a progressive JPEG all are. `bytes`: a JPEG that it has taken otherwise.
 */
export function mayLackLastBlocks(bytes: Uint8Array): boolean {
  const start = frameStart(bytes);
  if (start === null || bytes[start + 1] === PROGRESSIVE) return false;
  if (readFrame(bytes, start).components.some(({ down }) => down > 1)) return false;
  const outline = readOutline(bytes);
  return outline === null || !isWholeScan(outline);
}

function frameStart(bytes: Uint8Array): number | null {
  for (const segment of jpegSegments(bytes)) if (isFrame(segment)) return segment.start;
  return null;
}

function shapeOf({ width, height, components }: JpegFrame, scan: JpegScan): ScanShape | null {
  const isAlone = components.length === 1;
  const across = isAlone ? 1 : Math.max(...components.map((one) => one.across));
  const down = isAlone ? 1 : Math.max(...components.map((one) => one.down));
  const blocks: BlockCodes[] = [];
  for (const component of scan.components) {
    const first = readCodes(scan.tables.get(component.first), placesOfFirst);
    const others = readCodes(scan.tables.get(component.others), placesOfOthers);
    if (first === null || others === null) return null;
    const count = isAlone ? 1 : component.across * component.down;
    blocks.push(...Array<BlockCodes>(count).fill({ first, others }));
  }
  const units = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  return { units, restartEvery: scan.restartEvery, blocks };
}
