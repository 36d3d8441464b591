import type { Metadata, Sharp } from "./locked-sharp";
import type { ImageFormat } from "../../documents/sniff";

/** How a picture that is stored turned or mirrored comes to stand upright. */
export interface Turn {
  readonly isTurned: boolean;
  /** Not to be followed by a change of size. */
  upright(image: Sharp): Sharp;
}

/** As an attribute or as an element; `tiff` is what the name of its namespace is always called. */
const XMP_ORIENTATION = /tiff:Orientation\s*(?:=\s*["']|>)\s*([1-8])\s*[<"']/;

/** By EXIF's number, 1 upright: mirrored from left to right, then turned by degrees clockwise. */
const TURNS: Readonly<Record<string, readonly [degrees: number, isMirrored: boolean]>> = {
  2: [0, true],
  3: [180, false],
  4: [180, true],
  5: [270, true],
  6: [90, false],
  7: [90, true],
  8: [270, false],
};

/**
 * By a picture's EXIF, or by its XMP where that says nothing, as programs write that leave EXIF alone. In AVIF both count for
 * nothing: the file itself says how it stands, and the decoder heeds it.
 */
export function turnOf(format: ImageFormat, { orientation = 0, xmp }: Metadata): Turn {
  const byExif = orientation >= 1 && orientation <= 8;
  const number = byExif || format === "avif" ? null : XMP_ORIENTATION.exec(xmp?.toString("latin1") ?? "")?.[1];
  const [degrees, isMirrored] = TURNS[number ?? ""] ?? [0, false];
  if (degrees === 0 && !isMirrored) return { isTurned: orientation > 1, upright: (image) => image.autoOrient() };
  return {
    isTurned: true,
    upright: (image) => {
      const mirrored = isMirrored ? image.flop() : image;
      return degrees === 0 ? mirrored : mirrored.rotate(degrees);
    },
  };
}
