import sharp from "sharp";

// Only these loaders, only from memory: no SVG, no TIFF, no file paths, whatever the bytes say.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadNsgifBuffer",
    "VipsForeignLoadHeifBuffer",
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** The library that decodes, locked down for strangers' bytes: five loaders, one thread, nothing remembered. */
export const lockedSharp = sharp;

export type { Metadata, Sharp, SharpOptions } from "sharp";
