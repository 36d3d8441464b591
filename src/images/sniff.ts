/** Formats that are decoded. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "avif";

/** What a file's first bytes say: a format that is decoded, or the name of what it looks like instead. */
export type Sniffed = { readonly format: ImageFormat } | { readonly looksLike: string };

const AVIF_BRANDS = new Set(["avif", "avis"]);
const HEIC_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);

const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^(II\*\0|MM\0\*)/, "TIFF"],
  [/^BM/, "BMP"],
  [/^%PDF-/, "PDF"],
  [/^PK\x03\x04/, "a ZIP archive"],
  [/^\x1f\x8b/, "gzip"],
  [/^\0\0\x01\0/, "an icon file"],
  [/^8BPS/, "Photoshop"],
  [/^\xff\x0a|^\0\0\0\x0cJXL /, "JPEG XL"],
  [/^\0\0\0\x0cjP {2}/, "JPEG 2000"],
  [/^\s*(<\?xml[^]*)?(<!--[^]*?-->\s*)*<svg[\s>]/i, "SVG"],
  [/^\s*<(!doctype html|html|head|body)/i, "a web page"],
];

/** Names a file's format by its first bytes, whatever its ending or media type claims. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString("latin1");
  if (head.startsWith("\xff\xd8\xff")) return { format: "jpeg" };
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return { format: "png" };
  if (/^GIF8[79]a/.test(head)) return { format: "gif" };
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return { format: "webp" };
  if (head.slice(4, 8) === "ftyp") return sniffBrands(head);
  const other = OTHERS.find(([pattern]) => pattern.test(head));
  return { looksLike: other?.[1] ?? (/^[\t\n\r\x20-\x7e]+$/.test(head) ? "plain text" : "no picture") };
}

/** ISO media files name their kinds of content in the first box: the major brand, then compatible ones. */
function sniffBrands(head: string): Sniffed {
  const size = Math.min(head.length, head.charCodeAt(2) * 256 + head.charCodeAt(3));
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return { format: "avif" };
  return { looksLike: brands.some((brand) => HEIC_BRANDS.has(brand)) ? "HEIC" : "a video" };
}
