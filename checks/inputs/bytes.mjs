// How a list's characters become bytes, and how these come.

export const ENCODINGS = ["utf-8", "utf-8 bom", "utf-16le", "utf-16le bom", "utf-16be", "utf-16be bom"];
export const LINE_ENDS = ["\n", "\r\n", "\r", "mixed"];

/** Lines, each a string or ready bytes, as one file. */
export function toBytes(lines, { encoding, lineEnd, endsWell }, { pick }) {
  const parts = encoding.endsWith("bom") ? [encode("\ufeff", encoding)] : [];
  let before = "";
  lines.forEach((line, at) => {
    parts.push(typeof line === "string" ? encode(line, encoding) : line);
    // A return, an empty line and a feed would be one line's end.
    const ends = line === "" && before === "\r" ? ["\r", "\r\n"] : ["\n", "\r\n", "\r"];
    before = lineEnd === "mixed" ? pick(ends) : lineEnd;
    if (at < lines.length - 1 || endsWell) parts.push(encode(before, encoding));
  });
  return Buffer.concat(parts);
}

function encode(text, encoding) {
  if (encoding.startsWith("utf-8")) return Buffer.from(text, "utf8");
  const bytes = Buffer.from(text, "utf16le");
  return encoding.startsWith("utf-16be") ? bytes.swap16() : bytes;
}

/** The same bytes in pieces of any length. */
export async function* inPieces(bytes, { below }) {
  const most = 1 + below(bytes.length + 1);
  for (let at = 0; at < bytes.length;) {
    const length = 1 + below(most);
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
