import { type JpegFrame, readFrame, wordAt } from "./jpeg-frame";
import { isFrame, isRestart, isScan, type JpegSegment } from "./jpeg-segments";

const RESTART_INTERVAL = 0xdd;

/**
 * Whether there are data for all of the picture, as far as can be told without unpacking them: each block of 8 × 8 pixels
 * takes a bit at least, and each scan has as many restarts as its size asks for. Where data were lost some restarts are
 * missing, and a decoder goes on behind them as if nothing had been there.
 */
export function hasDataForAll(bytes: Uint8Array, segments: readonly JpegSegment[]): boolean {
  const frame = segments.find(isFrame);
  const picture = frame && readFrame(bytes, frame.start);
  if (picture === undefined || picture.height === 0) return true;
  if (8 * bytes.length < (picture.width * picture.height) / 64) return false;
  let interval = 0;
  let expected = 0;
  for (const segment of segments) {
    if (isRestart(segment.marker)) {
      expected--;
      continue;
    }
    if (expected > 0) return false;
    if (segment.marker === RESTART_INTERVAL) interval = wordAt(bytes, segment.start + 4);
    const isDivided = isScan(segment) && interval > 0;
    expected = isDivided ? Math.ceil(unitsOf(picture, bytes, segment) / interval) - 1 : 0;
  }
  return expected <= 0;
}

/** Of what a scan is made: blocks of one component, or of all as many as belong together (T.81, A.2). */
function unitsOf({ width, height, components }: JpegFrame, bytes: Uint8Array, scan: JpegSegment): number {
  const across = Math.max(1, ...components.map((one) => one.across));
  const down = Math.max(1, ...components.map((one) => one.down));
  const isAlone = bytes[scan.start + 4] === 1;
  const alone = isAlone ? components.find(({ id }) => id === bytes[scan.start + 5]) : undefined;
  if (!isAlone) return Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const share = alone ?? { across: 1, down: 1 };
  return (
    Math.ceil(Math.ceil((width * share.across) / across) / 8) * Math.ceil(Math.ceil((height * share.down) / down) / 8)
  );
}
