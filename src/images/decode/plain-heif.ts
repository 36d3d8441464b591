const BRAND_AT = 8;
const SEQUENCE = "avis";
const STILL = "avif";

/** Kinds of items that say something of a picture: EXIF, XMP. */
const METADATA = new Set(["Exif", "mime"]);
/** A kind that decoders pass over. */
const NOTHING = "free";

/**
 * An AVIF or HEIC without what decoders stumble over though they do not need it: the brand of a sequence, which has them
 * refuse the still picture that it holds too, and metadata, whose places programs get wrong that edit them. What way is
 * up the file says elsewhere.
 */
export function asPlainHeif(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes);
  if (file.toString("latin1", BRAND_AT, BRAND_AT + 4) === SEQUENCE) file.write(STILL, BRAND_AT, "latin1");
  for (let at = file.indexOf("infe"); at >= 0; at = file.indexOf("infe", at + 4)) {
    // Version and flags, the item's number (longer from version 3 on), its protection, then its kind.
    const kindAt = at + 8 + (file[at + 4]! > 2 ? 4 : 2) + 2;
    if (METADATA.has(file.toString("latin1", kindAt, kindAt + 4))) file.write(NOTHING, kindAt, "latin1");
  }
  return file;
}
