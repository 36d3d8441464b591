import { constants, deflateRawSync } from "node:zlib";

const PIECE_BYTES = 1_000_000;
const PIECE = deflateRawSync(Buffer.alloc(PIECE_BYTES), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
const HEAD = Buffer.from([0x78, 0xda]);
const EMPTY_LAST_BLOCK = Buffer.from([0x03, 0x00]);
const ADLER_MODULUS = 65_521;

/** A zlib stream of so many million zeros and a few more, made without packing them: the same piece again and again. */
export function zeros(bytes) {
  const pieces = Math.ceil(bytes / PIECE_BYTES);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt16BE((pieces * PIECE_BYTES) % ADLER_MODULUS, 0);
  checksum.writeUInt16BE(1, 2);
  return Buffer.concat([HEAD, ...Array(pieces).fill(PIECE), EMPTY_LAST_BLOCK, checksum]);
}
