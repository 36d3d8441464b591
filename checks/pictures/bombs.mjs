import { avifBombs } from "./bombs-avif.mjs";
import { gifBombs } from "./bombs-gif.mjs";
import { heicBombs } from "./bombs-heic.mjs";
import { jpegBombs } from "./bombs-jpeg.mjs";
import { pngBombs } from "./bombs-png.mjs";
import { webpBombs } from "./bombs-webp.mjs";

/** Small files that ask for much, as [name, make]; made one at a time, since some unpack to hundreds of megabytes. */
export const BOMBS = [...pngBombs, ...jpegBombs, ...gifBombs, ...webpBombs, ...avifBombs, ...heicBombs];
