import { createRequire } from "node:module";

/** To make pictures and to look at cleaned copies with; what strangers sent goes to the decoder alone. */
export const sharp = createRequire(import.meta.url)("sharp");
sharp.concurrency(1);
sharp.cache(false);
