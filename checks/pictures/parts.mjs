// The parts that each format's files are made of, so that they can be repeated, left out and lied about.

/** Where each part of a file lies: `lengthAt` is where it says how long it is, in `lengthBytes` bytes. */
export const partsOf = {
  jpeg: jpegSegments,
  png: pngChunks,
  webp: riffChunks,
  gif: gifBlocks,
  avif: boxes,
  heic: boxes,
};

function jpegSegments(file) {
  const parts = [];
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const end = at + 2 + file.readUInt16BE(at + 2);
    parts.push({ start: at, end, lengthAt: at + 2, lengthBytes: 2 });
    if (file[at + 1] === 0xda) break;
    at = end;
  }
  return parts;
}

function pngChunks(file) {
  const parts = [];
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    parts.push({ start: at, end, lengthAt: at, lengthBytes: 4 });
    at = end;
  }
  return parts;
}

function riffChunks(file) {
  const parts = [];
  for (let at = 12; at + 8 <= file.length;) {
    const end = at + 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) % 2);
    parts.push({ start: at, end, lengthAt: at + 4, lengthBytes: 4, littleEndian: true });
    at = end;
  }
  return parts;
}

/** Extensions and frames, told apart by their first byte. */
function gifBlocks(file) {
  const parts = [];
  const start = 13 + (file[10] & 0x80 ? 3 * 2 ** ((file[10] & 7) + 1) : 0);
  for (let at = start; at < file.length && file[at] !== 0x3b;) {
    const from = at;
    at += file[at] === 0x21 ? 2 : 11 + (file[at + 9] & 0x80 ? 3 * 2 ** ((file[at + 9] & 7) + 1) : 0);
    const lengthAt = at;
    while (at < file.length && file[at] !== 0) at += file[at] + 1;
    parts.push({ start: from, end: ++at, lengthAt, lengthBytes: 1 });
  }
  return parts;
}

const NESTING = new Set(["meta", "iprp", "ipco", "iinf", "iref", "moov", "trak", "mdia", "minf", "stbl"]);

/** Boxes and the boxes inside them, down to the properties of an item. */
function boxes(file, from = 0, to = file.length) {
  const parts = [];
  for (let at = from; at + 8 <= Math.min(to, file.length);) {
    const size = file.readUInt32BE(at);
    if (size < 8) break;
    const kind = file.toString("latin1", at + 4, at + 8);
    parts.push({ start: at, end: at + size, lengthAt: at, lengthBytes: 4, kind });
    if (NESTING.has(kind)) {
      const inside = at + 8 + (kind === "meta" ? 4 : kind === "iinf" ? 6 : kind === "iref" ? 4 : 0);
      parts.push(...boxes(file, inside, at + size));
    }
    at += size;
  }
  return parts;
}
