import { partsOf } from "./parts.mjs";
import { withRightChecksums } from "./png.mjs";

/** What has grown past this is not made to grow more. */
const LARGE_BYTES = 300_000;
const BYTES = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff];
const NUMBERS = [0, 1, 7, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** A picture with one to four things wrong with it, now and then in what its checksums cover too. */
export function mutate(format, seeds, random) {
  let file = Buffer.from(random.pick(seeds));
  for (let faults = 1 + random.below(2) * random.below(4); faults > 0; faults--)
    file = random.pick(MUTATIONS)(file, format, random, seeds);
  return format === "png" && random.below(4) > 0 ? withRightChecksums(file) : file;
}

const MUTATIONS = [
  flipBits,
  overwriteBytes,
  overwriteNumber,
  changeHeader,
  repeatPart,
  leaveOutPart,
  lieAboutLength,
  swapParts,
  cutOff,
  splice,
];

function flipBits(file, _format, random) {
  for (let flips = 1 + random.below(8); flips > 0 && file.length > 0; flips--) {
    file[random.below(file.length)] ^= 1 << random.below(8);
  }
  return file;
}

function overwriteBytes(file, _format, random) {
  const at = random.below(file.length + 1);
  return file.fill(random.pick(BYTES), at, Math.min(file.length, at + 1 + random.below(16)));
}

function overwriteNumber(file, _format, random) {
  return writeNumber(
    file,
    random.below(file.length),
    random.pick([1, 2, 4]),
    random.pick(NUMBERS),
    random.below(2) > 0,
  );
}

function writeNumber(file, at, bytes, number, littleEndian = false) {
  if (at + bytes > file.length) return file;
  const value = bytes === 4 ? number : number % 256 ** bytes;
  if (littleEndian) file.writeUIntLE(value, at, bytes);
  else file.writeUIntBE(value, at, bytes);
  return file;
}

/** Where width and height stand: [offset, bytes, little endian] of each. */
const SIZES = {
  jpeg: (file) =>
    [0xc0, 0xc1, 0xc2]
      .map((sof) => file.indexOf(Buffer.from([0xff, sof])))
      .flatMap((at) =>
        at < 0
          ? []
          : [
              [at + 5, 2],
              [at + 7, 2],
            ],
      ),
  png: () => [
    [16, 4],
    [20, 4],
    [24, 1],
    [25, 1],
    [28, 1],
  ],
  webp: (file) =>
    file.toString("latin1", 12, 16) === "VP8X"
      ? [
          [24, 2, true],
          [27, 2, true],
          [20, 1],
        ]
      : [
          [21, 2, true],
          [26, 2, true],
          [28, 2, true],
        ],
  gif: (file) => [[6, 2, true], [8, 2, true], ...[5, 7].map((field) => [file.indexOf(0x2c, 13) + field, 2, true])],
  avif: (file) =>
    partsOf
      .avif(file)
      .filter(({ kind }) => kind === "ispe")
      .flatMap(({ start }) => [
        [start + 12, 4],
        [start + 16, 4],
      ]),
};

SIZES.heic = SIZES.avif;

function changeHeader(file, format, random) {
  const fields = file.length > 32 ? SIZES[format](file) : [];
  if (fields.length === 0) return file;
  const [at, bytes, littleEndian] = random.pick(fields);
  const number = random.below(2) > 0 ? random.pick(NUMBERS) : random.below(300);
  return writeNumber(file, at, bytes, number, littleEndian);
}

const aPart = (file, format, random) => {
  const parts = partsOf[format](file);
  return parts.length === 0 ? { start: 0, end: 0, lengthAt: 0, lengthBytes: 1 } : random.pick(parts);
};

function repeatPart(file, format, random) {
  const { start, end } = aPart(file, format, random);
  if (file.length > LARGE_BYTES) return file;
  const copies = Array(1 + random.below(20)).fill(file.subarray(start, end));
  return Buffer.concat([file.subarray(0, end), ...copies, file.subarray(end)]);
}

function leaveOutPart(file, format, random) {
  const { start, end } = aPart(file, format, random);
  return Buffer.concat([file.subarray(0, start), file.subarray(end)]);
}

function lieAboutLength(file, format, random) {
  const { lengthAt, lengthBytes, littleEndian } = aPart(file, format, random);
  return writeNumber(
    file,
    lengthAt,
    lengthBytes,
    random.pick([...NUMBERS, random.below(file.length + 1)]),
    littleEndian,
  );
}

function swapParts(file, format, random) {
  const [a, b] = [aPart(file, format, random), aPart(file, format, random)].sort((x, y) => x.start - y.start);
  if (a.end > b.start) return file;
  const pieces = [
    [0, a.start],
    [b.start, b.end],
    [a.end, b.start],
    [a.start, a.end],
    [b.end, file.length],
  ];
  return Buffer.concat(pieces.map(([from, to]) => file.subarray(from, to)));
}

function cutOff(file, _format, random) {
  return file.subarray(0, random.below(file.length + 1));
}

function splice(file, _format, random, seeds) {
  const other = random.pick(seeds);
  return Buffer.concat([
    file.subarray(0, random.below(file.length + 1)),
    other.subarray(random.below(other.length + 1)),
  ]);
}
