/** What two Parallax servers send each other: a header in JSON, then bytes. */
export interface Frame {
  readonly header: unknown;
  readonly payload: Buffer;
}

const LENGTH_BYTES = 4;

/** The length of the header as 4 bytes, little-endian; the header; the payload. */
export function writeFrame(header: object, payload: readonly Uint8Array[]): Buffer {
  const json = Buffer.from(JSON.stringify(header), "utf8");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, ...payload]);
}

/** Null: it is no frame. */
export function readFrame(bytes: Buffer): Frame | null {
  const end = bytes.length < LENGTH_BYTES ? Infinity : LENGTH_BYTES + bytes.readUInt32LE(0);
  if (end > bytes.length) return null;
  try {
    return { header: JSON.parse(bytes.toString("utf8", LENGTH_BYTES, end)), payload: bytes.subarray(end) };
  } catch {
    return null;
  }
}
