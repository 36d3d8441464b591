import { sharp } from "./sharp.mjs";

const noise = { type: "gaussian", mean: 128, sigma: 40 };
const grainy = (width, height) => sharp({ create: { width, height, channels: 3, noise } });
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);

function segment(marker, data) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

async function ofSize(width, height, options = {}) {
  const file = await grainy(64, 64).jpeg(options).toBuffer();
  const frame = file.indexOf(Buffer.from([0xff, options.progressive ? 0xc2 : 0xc0]));
  file.writeUInt16BE(height, frame + 5);
  file.writeUInt16BE(width, frame + 7);
  return file;
}

/** Its last scan again and again. */
async function withScans(count, file) {
  const last = file.lastIndexOf(Buffer.from([0xff, 0xda]));
  const scan = file.subarray(last, file.length - 2);
  return Buffer.concat([file.subarray(0, last), ...Array(count).fill(scan), END]);
}

const withSegments = async (segments) => {
  const file = await grainy(32, 32).jpeg().toBuffer();
  return Buffer.concat([START].concat(segments, file.subarray(2)));
};

/** Directories that point at the next one, the last at itself. */
function deepExif(depth) {
  const tiff = Buffer.alloc(8 + depth * 18);
  tiff.write("II*\0", "latin1");
  tiff.writeUInt32LE(8, 4);
  for (let level = 0; level < depth; level++) {
    const at = 8 + level * 18;
    const next = level + 1 < depth ? at + 18 : at;
    tiff.writeUInt16LE(1, at);
    tiff.writeUInt16LE(0x8769, at + 2);
    tiff.writeUInt16LE(4, at + 4);
    tiff.writeUInt32LE(0xffffffff, at + 6);
    tiff.writeUInt32LE(next, at + 10);
    tiff.writeUInt32LE(next, at + 14);
  }
  return Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
}

/** A whole profile of nonsense in as many pieces as there can be. */
function profilePieces() {
  const piece = (number) =>
    Buffer.concat([Buffer.from("ICC_PROFILE\0", "latin1"), Buffer.from([number, 255]), Buffer.alloc(65_000, number)]);
  return Array.from({ length: 255 }, (_, index) => segment(0xe2, piece(index + 1)));
}

const behindMagic = (text) => () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text, "latin1")]);

async function withTail(tail) {
  return Buffer.concat([await grainy(32, 32).jpeg().toBuffer(), Buffer.from(tail, "latin1")]);
}

const flat = (side, options) =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#b43c46" } })
    .jpeg({ quality: 40, ...options })
    .toBuffer();

export const jpegBombs = [
  ["JPEG of 65,500 × 65,500", () => ofSize(65_500, 65_500)],
  ["JPEG of 7,000 × 7,000 without its data", () => ofSize(7_000, 7_000)],
  ["JPEG of 7,000 × 7,000 without its data, progressive", () => ofSize(7_000, 7_000, { progressive: true })],
  [
    "JPEG of 7,000 × 7,000 in 10,000 scans",
    async () => withScans(10_000, await ofSize(7_000, 7_000, { progressive: true })),
  ],
  ["JPEG of 49 megapixels in 1,000 scans", async () => withScans(1_000, await flat(7_000, { progressive: true }))],
  ["JPEG of 49 megapixels in 10 scans, all there", () => flat(7_000, { progressive: true })],
  ["JPEG of 1 megapixel in 500 scans", async () => withScans(500, await flat(1_000, { progressive: true }))],
  [
    "JPEG of 64 × 64 in 20,000 scans",
    async () => withScans(20_000, await grainy(64, 64).jpeg({ progressive: true }).toBuffer()),
  ],
  ["JPEG with directories 3,000 deep", () => withSegments(segment(0xe1, deepExif(3_000)))],
  ["JPEG with a directory that holds itself", () => withSegments(segment(0xe1, deepExif(1)))],
  ["JPEG with 1,000 EXIF blocks", () => withSegments(Array(200).fill(segment(0xe1, deepExif(3_000))))],
  ["JPEG with a profile of 16 MB of nonsense", () => withSegments(profilePieces())],
  ["JPEG with 200,000 comments", () => withSegments(Array(200_000).fill(segment(0xfe, Buffer.from("hello"))))],
  [
    "SVG behind JPEG magic",
    behindMagic(`<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`),
  ],
  ["PDF behind JPEG magic", behindMagic("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj")],
  ["web page behind JPEG magic", behindMagic("<!DOCTYPE html><script>alert(1)</script>")],
  ["ZIP archive behind JPEG magic", behindMagic("PK\x03\x04\x14\0\0\0\x08\0")],
  ["JPEG that is a ZIP archive too", () => withTail("PK\x03\x04\x14\0\0\0\x08\0PK\x05\x06" + "\0".repeat(18))],
  ["JPEG that is a web page too", () => withTail("<!DOCTYPE html><script>alert(1)</script>")],
];
