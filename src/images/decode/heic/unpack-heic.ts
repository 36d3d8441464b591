import { lockedSharp } from "../locked-sharp";
import { HeicFile, type HeicHeader } from "./heic-file";
import { pngOfPixels } from "../../../png/png-of-pixels";

/**
 * A HEIC's main picture as PNG, upright, in its own colours. `check` sees its header before it is unpacked, and may
 * throw. Throws an Error where the file cannot be read.
 */
export async function unpackHeic(bytes: Uint8Array, check: (header: HeicHeader) => void): Promise<Buffer> {
  const png = await unpack(bytes, check);
  // libheif's memory, as much as all pixels twice, is not needed any more.
  globalThis.gc?.();
  return png;
}

async function unpack(bytes: Uint8Array, check: (header: HeicHeader) => void): Promise<Buffer> {
  const file = new HeicFile(bytes);
  check(file.header);
  const { profile } = file;
  const icc = profile === "p3" ? await displayP3() : profile;
  // A PNG carries the profile, which the other decoder takes with no raw pixels; read at once, it need not be small.
  return pngOfPixels(file.unpack(), file.header.width, file.header.height, { icc, level: 0 });
}

/** The profile of that name, as the other decoder writes it. */
async function displayP3(): Promise<Buffer> {
  const red = { create: { width: 1, height: 1, channels: 3, background: "red" } } as const;
  const png = await lockedSharp(red).withIccProfile("p3").png().toBuffer();
  return (await lockedSharp(png).metadata()).icc!;
}
