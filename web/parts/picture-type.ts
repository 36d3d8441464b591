const HEAD_BYTES = 64;
const BEGINNINGS: readonly (readonly [type: string, pattern: RegExp])[] = [
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG/],
  ["image/gif", /^GIF8/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/avif", /^[^]{4}ftyp[^]{0,40}avi[fs]/],
  ["image/heic", /^[^]{4}ftyp[^]{0,40}(?:hei[cx]|mif1)/],
];

/** What kind of picture a file is: by its first bytes, else as the browser guesses from its ending; null: none. */
export async function pictureTypeOf(file: Blob): Promise<string | null> {
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const head = String.fromCharCode(...bytes);
  const [found] = BEGINNINGS.find(([, pattern]) => pattern.test(head)) ?? [];
  return found ?? (file.type.startsWith("image/") ? file.type : null);
}
