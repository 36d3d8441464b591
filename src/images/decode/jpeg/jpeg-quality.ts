import { jpegSegments } from "./jpeg-segments";

const QUANTISATION_TABLES = 0xdb;
/** Of all steps of the standard's table for brightness, which quality 50 uses as it is. */
const STANDARD_SUM = 3_688;

/** The quality (1 to 100) at which a JPEG was written, as the usual encoders number it; null where it says nothing of that. */
export function jpegQuality(bytes: Uint8Array): number | null {
  for (const { marker, start, end } of jpegSegments(bytes)) {
    if (marker !== QUANTISATION_TABLES) continue;
    const isWide = bytes[start + 4]! >> 4 === 1;
    const steps = bytes.subarray(start + 5, start + 5 + (isWide ? 128 : 64));
    if (start + 5 + steps.length > end) return null;
    const sum = steps.reduce((total, step, at) => total + (isWide && at % 2 === 0 ? 256 * step : step), 0);
    const percent = (100 * sum) / STANDARD_SUM;
    return Math.min(100, Math.max(1, Math.round(percent <= 100 ? (200 - percent) / 2 : 5_000 / percent)));
  }
  return null;
}
