import type { PictureShape } from "../../ports/encoder";

/** Unpacked samples, row by row, 8 bits each: RGB, or RGBA, which is laid on `ground`. */
export interface Samples {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly ground: readonly [red: number, green: number, blue: number];
}

/** A filter reaches this far, in pixels of the smaller of both pictures. */
const REACH = { bilinear: 1, bicubic: 2, lanczos: 3 };
/** Weights are whole numbers of 2^-22, so that sums of 8-bit samples fit into 32 bits. */
const PRECISION = 22;

/**
 * The square that a model sees, RGB, to the last bit as Pillow's `Image.resize` makes it (src/libImaging/Resample.c), with
 * which models were trained: across, rounded to 8 bits, then down.
 */
export function pillowSquare(samples: Samples, shape: PictureShape): Uint8Array {
  const { width, height } = samples;
  const { side, fit, scaledTo } = shape;
  const shorter = Math.min(width, height);
  const scaled = (edge: number) => (fit === "squash" ? side : Math.trunc((scaledTo * edge) / shorter));
  const window = (edge: number) => weightsOf(shape, edge, scaled(edge), Math.trunc((scaled(edge) - side) / 2));
  const [across, down] = [window(width), window(height)];
  const top = down[0]!.from;
  const last = down[side - 1]!;
  const rows = Array.from({ length: last.from + last.weights.length - top }, (_, i) =>
    rowAcross(opaqueRow(samples, top + i), across),
  );
  const square = new Uint8Array(side * side * 3);
  down.forEach(({ from, weights }, y) => columnsDown(rows, from - top, weights, square, y * side * 3));
  return square;
}

/** The pixels that one pixel of the result is made of, and how much each counts. */
interface Window {
  readonly from: number;
  readonly weights: Int32Array;
}

/** For `side` pixels from `first` on, when `edge` pixels are scaled to `scaledTo`. */
function weightsOf({ side, filter }: PictureShape, edge: number, scaledTo: number, first: number): Window[] {
  const scale = edge / scaledTo;
  const stretch = Math.max(scale, 1);
  const support = REACH[filter] * stretch;
  return Array.from({ length: side }, (_, i) => {
    const centre = (first + i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - support + 0.5));
    const to = Math.min(edge, Math.trunc(centre + support + 0.5));
    const shares = Array.from({ length: to - from }, (_, x) => FILTERS[filter]((x + from - centre + 0.5) / stretch));
    const sum = shares.reduce((all, one) => all + one, 0);
    const weights = Int32Array.from(shares, (one) => roundAway((one / sum) * 2 ** PRECISION));
    return { from, weights };
  });
}

const roundAway = (value: number): number => Math.trunc(value + (value < 0 ? -0.5 : 0.5));

/** Keys' cubic with a = -0.5. */
function bicubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const FILTERS: Readonly<Record<PictureShape["filter"], (distance: number) => number>> = {
  bilinear: (x) => Math.max(0, 1 - Math.abs(x)),
  bicubic,
  lanczos: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0),
};

function opaqueRow({ data, width, channels, ground }: Samples, y: number): Uint8Array {
  if (channels === 3) return data.subarray(y * width * 3, (y + 1) * width * 3);
  const row = new Uint8Array(width * 3);
  for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
    const cover = data[at + 3]!;
    for (let c = 0; c < 3; c++) row[x * 3 + c] = Math.round((data[at + c]! * cover + ground[c]! * (255 - cover)) / 255);
  }
  return row;
}

/** Nearly all of the work, in plain loops over whole numbers: twice as fast as with products in floating point. */
function rowAcross(row: Uint8Array, across: readonly Window[]): Uint8Array {
  const result = new Uint8Array(across.length * 3);
  for (let x = 0; x < across.length; x++) {
    const { from, weights } = across[x]!;
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    for (let i = 0, at = from * 3; i < weights.length; i++, at += 3) {
      const weight = weights[i]!;
      red = (red + Math.imul(row[at]!, weight)) | 0;
      green = (green + Math.imul(row[at + 1]!, weight)) | 0;
      blue = (blue + Math.imul(row[at + 2]!, weight)) | 0;
    }
    result[x * 3] = toSample(red);
    result[x * 3 + 1] = toSample(green);
    result[x * 3 + 2] = toSample(blue);
  }
  return result;
}

function columnsDown(
  rows: readonly Uint8Array[],
  from: number,
  weights: Int32Array,
  square: Uint8Array,
  at: number,
): void {
  const sums = new Int32Array(rows[0]!.length).fill(HALF);
  for (let i = 0; i < weights.length; i++) {
    const [row, weight] = [rows[from + i]!, weights[i]!];
    for (let x = 0; x < sums.length; x++) sums[x] = (sums[x]! + Math.imul(row[x]!, weight)) | 0;
  }
  for (let x = 0; x < sums.length; x++) square[at + x] = toSample(sums[x]!);
}

const HALF = 2 ** (PRECISION - 1);
const toSample = (sum: number): number => Math.min(255, Math.max(0, sum >> PRECISION));
