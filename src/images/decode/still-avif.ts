const STILL = "avif";
const BRAND_AT = 8;

/** An AVIF as one of a still picture, which sequences hold too: their brand alone has the decoder refuse them. */
export function asStillAvif(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString("latin1", BRAND_AT, BRAND_AT + 4) === STILL) return bytes;
  const still = Buffer.from(file);
  still.write(STILL, BRAND_AT, "latin1");
  return still;
}
