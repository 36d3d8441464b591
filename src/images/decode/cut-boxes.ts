/** What a picture's data and their description lie in; what else follows may be a phone's own. */
const OWN = new Set(["ftyp", "meta", "mdat", "moov", "free", "skip"]);
const HEAD_BYTES = 8;

/** Whether an ISO media file (AVIF, HEIC) ends before one of its boxes does: decoders make do with what is there. */
export function isCutOff(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEAD_BYTES <= file.length;) {
    const size = file.readUInt32BE(at);
    if (!OWN.has(file.toString("latin1", at + 4, at + 8))) return false;
    // 0: to the end of the file; 1: the size follows, in eight bytes.
    if (size === 0 || (size === 1 && at + 16 > file.length)) return size === 1;
    const whole = size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size;
    if (whole < HEAD_BYTES) return false;
    at += whole;
    if (at > file.length) return true;
  }
  return false;
}
