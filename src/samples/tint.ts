import { COLOURS, type Colour } from "./colours";

/** How dark the darkest shade gets, and how much of the drawing's own colours goes: the middle of what mini-clip saw. */
const DARKEST = 0.45;
const STRENGTH = 0.92;

/** Redraws RGBA pixels (8 bits, not premultiplied) in place in shades of one colour, by their luminance. */
export function tint(rgba: Uint8Array, colour: Colour): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const luminance = (0.299 * rgba[i]! + 0.587 * rgba[i + 1]! + 0.114 * rgba[i + 2]!) / 255;
    for (let channel = 0; channel < 3; channel++) {
      const own = rgba[i + channel]! / 255;
      const shade = shadeOf(colour, COLOURS[colour][channel]! / 255, luminance);
      rgba[i + channel] = Math.round(255 * Math.min(1, STRENGTH * shade + (1 - STRENGTH) * own));
    }
  }
}

function shadeOf(colour: Colour, full: number, luminance: number): number {
  if (colour === "black") return 0.03 + 0.3 * luminance;
  if (colour === "white") return 0.72 + 0.28 * luminance;
  const highlight = Math.max(luminance - 0.75, 0) * 0.5 * (1 - full);
  return full * (DARKEST + (1.15 - DARKEST) * luminance) + highlight;
}
