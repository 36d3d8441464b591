const MARKER = 0xff;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/**
 * How many scans a JPEG claims to have. Each goes over the whole picture, so that a small file of many scans takes long.
 */
export function countJpegScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(MARKER, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(MARKER, at + 1)) {
    const marker = bytes[at + 1]!;
    if (marker === END_OF_IMAGE) break;
    if (marker === START_OF_SCAN) scans++;
    // Inside a scan FF is followed by 00 or a restart marker; elsewhere a segment with its length follows.
    if (hasLength(marker)) at += 1 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  return scans;
}

const hasLength = (marker: number): boolean =>
  marker >= 0xc0 && marker !== MARKER && !(marker >= 0xd0 && marker <= 0xd8);
