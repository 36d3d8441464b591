/** What pictures lie on. */
export const WHITE = "#ffffff";
const DARK = "#202020";

/** How far from white a drawing must be on average to be seen on it, of 255. */
const SEEN_ON_WHITE = 40;
/** Less than this of a picture is clear by chance: soft edges. */
const CLEAR_SHARE = 0.02;

/**
 * What transparency lies on: white, but where all that is drawn is about as light as that, a dark ground. `rgba`: samples
 * of the picture, four bytes a pixel.
 */
export function groundOf(rgba: Uint8Array): string {
  let covered = 0;
  let distance = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    const cover = rgba[at + 3]! / 255;
    covered += cover;
    distance += cover * (255 - Math.min(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!));
  }
  const pixels = rgba.length / 4;
  const isClear = covered < (1 - CLEAR_SHARE) * pixels;
  return isClear && covered > 0 && distance / covered < SEEN_ON_WHITE ? DARK : WHITE;
}
