/** Formats that are decoded. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "avif" | "heic";

/** What a file's first bytes say: a format that is decoded, or the name of what it looks like instead. */
export type Sniffed = { readonly format: ImageFormat } | { readonly looksLike: string };

/** What is looked at. */
export const HEAD_BYTES = 1_024;
const AVIF_BRANDS = new Set(["avif", "avis"]);
const HEIC_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);

const ACCEPTED: readonly (readonly [string, ImageFormat])[] = [
  ["\xff\xd8\xff", "jpeg"],
  ["\x89PNG\r\n\x1a\n", "png"],
  ["GIF87a", "gif"],
  ["GIF89a", "gif"],
];

const OTHERS: readonly (readonly [string, string])[] = [
  ["II*\0", "TIFF"],
  ["MM\0*", "TIFF"],
  ["BM", "BMP"],
  ["%PDF-", "PDF"],
  ["PK\x03\x04", "a ZIP archive"],
  ["\x1f\x8b", "gzip"],
  ["\0\0\x01\0", "an icon file"],
  ["8BPS", "Photoshop"],
  ["\xff\x0a", "JPEG XL"],
  ["\0\0\0\x0cJXL ", "JPEG XL"],
  ["\0\0\0\x0cjP  ", "JPEG 2000"],
];

/** Names a file's format by its first bytes, whatever its ending or media type claims. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString("latin1");
  const accepted = ACCEPTED.find(([magic]) => head.startsWith(magic));
  if (accepted !== undefined) return { format: accepted[1] };
  if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) return { format: "webp" };
  if (head.startsWith("ftyp", 4)) return sniffBrands(head);
  // Text first: a letter that begins with "BM" is no bitmap.
  const looksLike = sniffText(head) ?? OTHERS.find(([magic]) => head.startsWith(magic))?.[1];
  return { looksLike: looksLike ?? "a file of an unknown kind" };
}

/** ISO media files name their kinds of content in the first box: the major brand, then compatible ones. */
function sniffBrands(head: string): Sniffed {
  const size = Math.min(head.length, head.charCodeAt(2) * 256 + head.charCodeAt(3));
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return { format: "avif" };
  return brands.some((brand) => HEIC_BRANDS.has(brand)) ? { format: "heic" } : { looksLike: "a video" };
}

function sniffText(head: string): string | null {
  const text = head
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (text.startsWith("%pdf-") || hasControlCharacters(text)) return null;
  if (!text.startsWith("<")) return "plain text";
  if (["<!doctype html", "<html", "<head", "<body"].some((tag) => text.startsWith(tag))) return "a web page";
  return text.includes("<svg") ? "SVG" : "XML";
}

const hasControlCharacters = (text: string): boolean =>
  [...text].some((character) => (character < " " && !"\t\n\f\r".includes(character)) || character === "\x7f");
