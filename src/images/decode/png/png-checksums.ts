import { crc32 } from "../../../png/crc32";

const SIGNATURE_BYTES = 8;

/**
 * A PNG whose chunks have the checksums that they should have; null where they had. Viewers do not look at them, and
 * whether the picture itself is whole is told by the checksum inside of its compressed data.
 */
export function withRightChecksums(bytes: Uint8Array): Buffer | null {
  const png = Buffer.from(bytes);
  let isChanged = false;
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    if (end + 4 > png.length) break;
    const checksum = crc32(png.subarray(at + 4, end));
    if (png.readUInt32BE(end) !== checksum) isChanged = true;
    png.writeUInt32BE(checksum, end);
    at = end + 4;
  }
  return isChanged ? png : null;
}
