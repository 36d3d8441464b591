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

/** Refuses a file that ends early instead of filling in grey, and with it all that is only oddly written. */
export const STRICT = { failOn: "warning" } as const;

export type { Metadata, OutputInfo, Sharp, SharpOptions } from "sharp";
