import { texts } from "../texts";

const HEAD_BYTES = 64;
const BEGINNINGS: readonly (readonly [type: string, pattern: RegExp])[] = [
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG/],
  ["image/gif", /^GIF8/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/avif", /^[^]{4}ftyp[^]{0,40}avi[fs]/],
  ["image/heic", /^[^]{4}ftyp[^]{0,40}(?:hei[cx]|mif1)/],
];

/**
 * What kind of picture a file is: by its first bytes, else as the browser guesses from its ending; null: none. Throws what to
 * tell where there are none: browsers give folders, and files that are gone, as empty or unreadable ones.
 */
export async function pictureTypeOf(file: File): Promise<string | null> {
  const first = file.slice(0, HEAD_BYTES).arrayBuffer();
  const bytes = new Uint8Array(await first.catch(() => new ArrayBuffer()));
  if (bytes.length === 0) throw new Error(texts.faults.empty(file.name));
  const head = String.fromCharCode(...bytes);
  const [found] = BEGINNINGS.find(([, pattern]) => pattern.test(head)) ?? [];
  return found ?? (file.type.startsWith("image/") ? file.type : null);
}
