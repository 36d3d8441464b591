import { deflateSync, inflateSync } from "node:zlib";
import { crc32 } from "../../src/png/crc32";

/** What must not be found in a copy; each letter once, as in a Huffman table. */
export const SECRET = "GPS:48N7";
const secret = Buffer.from(SECRET);

type Hide = (file: Buffer) => Buffer;

/** Before a marker or chunk that is there once, or behind the first bytes. */
const insert = (file: Buffer, at: number, ...pieces: Buffer[]): Buffer =>
  Buffer.concat([file.subarray(0, at), ...pieces, file.subarray(at)]);

export function jpegSegment(marker: number, body: Buffer): Buffer {
  const length = body.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), body]);
}

const inSegment =
  (marker: number, name: string): Hide =>
  (file) =>
    insert(file, 2, jpegSegment(marker, Buffer.concat([Buffer.from(name, "latin1"), secret])));

const behindFrame = (file: Buffer, ...pieces: Buffer[]): Buffer =>
  insert(file, file.lastIndexOf("ffda", "hex"), ...pieces);
/** One code of each of eight lengths. */
const secretCodes = Buffer.concat([
  Buffer.from([0x13, ...Array<number>(8).fill(1), ...Array<number>(8).fill(0)]),
  secret,
]);
const secretSteps = Buffer.concat([Buffer.from([3]), Buffer.alloc(56, 1), secret]);

/** Where bytes can hide in a JPEG that shows what it showed without them. */
export const HIDDEN_IN_JPEG: Readonly<Record<string, Hide>> = {
  "in a comment": inSegment(0xfe, "<script>"),
  "in EXIF": inSegment(0xe1, "Exif\0\0"),
  "in XMP": inSegment(0xe1, "http://ns.adobe.com/xap/1.0/\0"),
  "in IPTC": inSegment(0xed, "Photoshop 3.0\0"),
  "in a thumbnail": inSegment(0xe0, "JFXX\0\x10"),
  "in a note of an unknown program": inSegment(0xe7, "anything"),
  "in a list of more pictures": inSegment(0xe2, "MPF\0"),
  "in Adobe's note": inSegment(0xee, "Adobe\0\x64\0\0\0\0\x01"),
  "between frame and scan": (file) => behindFrame(file, jpegSegment(0xfe, secret)),
  "in steps that nothing uses": (file) => insert(file, 2, jpegSegment(0xdb, secretSteps)),
  "in codes that nothing uses": (file) => behindFrame(file, jpegSegment(0xc4, secretCodes)),
  "in codes that others replace": (file) =>
    insert(file, 2, jpegSegment(0xc4, Buffer.concat([Buffer.from([0]), secretCodes.subarray(1)]))),
  "before the end": (file) => insert(file, file.length - 2, secret),
  "far before the end": (file) => insert(file, file.length - 2, Buffer.alloc(1_000), secret),
  "behind the end": (file) => Buffer.concat([file, Buffer.from("PK\x05\x06"), secret]),
  "in another picture behind the end": (file) => Buffer.concat([file, inSegment(0xfe, "")(file)]),
};

export function pngChunk(kind: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(kind, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

const HEADER_END = 33;
const END_BYTES = 12;
const beforeEnd = (file: Buffer, ...pieces: Buffer[]): Buffer => insert(file, file.length - END_BYTES, ...pieces);

/** The one chunk of data of a PNG made anew. */
export function withData(file: Buffer, change: (data: Buffer) => Buffer): Buffer {
  const at = file.indexOf("IDAT") - 4;
  const end = at + 12 + file.readUInt32BE(at);
  const chunk = pngChunk("IDAT", change(file.subarray(at + 8, end - 4)));
  return Buffer.concat([file.subarray(0, at), chunk, file.subarray(end)]);
}

const inChunk =
  (kind: string, text = ""): Hide =>
  (file) =>
    insert(file, HEADER_END, pngChunk(kind, Buffer.concat([Buffer.from(text, "latin1"), secret])));

function withWrongChecksum(chunk: Buffer): Buffer {
  chunk.write(SECRET, chunk.length - 4, 4, "latin1");
  return chunk;
}

/** The same of a PNG with one chunk of data. */
export const HIDDEN_IN_PNG: Readonly<Record<string, Hide>> = {
  "in a text": inChunk("tEXt", "Comment\0<script>"),
  "in EXIF": inChunk("eXIf", "MM\0*"),
  "in a chunk of an unknown program": inChunk("prVt"),
  "in a palette for other screens": (file) => insert(file, HEADER_END, pngChunk("sPLT", secret)),
  "in a text behind the data": (file) => beforeEnd(file, pngChunk("tEXt", Buffer.from(`k\0${SECRET}`))),
  "in a second frame": (file) => beforeEnd(file, pngChunk("fdAT", Buffer.concat([Buffer.alloc(4), secret]))),
  "behind the packed data": (file) => withData(file, (data) => Buffer.concat([data, secret])),
  "in rows below the last": (file) =>
    withData(file, (data) =>
      deflateSync(Buffer.concat([inflateSync(data), Buffer.from(SECRET.repeat(50))]), { level: 0 }),
    ),
  "in a wrong checksum": (file) => beforeEnd(file, withWrongChecksum(pngChunk("tEXt", Buffer.from("k\0v")))),
  "behind the end": (file) => Buffer.concat([file, Buffer.from("PK\x05\x06"), secret]),
};
