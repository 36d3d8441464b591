const MAGIC = Buffer.from("GIF89a", "latin1");
const PALETTE = Buffer.from([0, 0, 0, 255, 255, 255]);
const END = Buffer.from([0x3b]);

function screen(width, height) {
  const data = Buffer.alloc(7);
  data.writeUInt16LE(width, 0);
  data.writeUInt16LE(height, 2);
  data[4] = 0x80;
  return data;
}

/** A frame that says how large it is and holds one pixel. */
function frame(width, height, left = 0, top = 0) {
  const data = Buffer.alloc(10);
  data[0] = 0x2c;
  [left, top, width, height].forEach((number, index) => data.writeUInt16LE(number, 1 + 2 * index));
  return Buffer.concat([data, Buffer.from([2, 2, 0x44, 0x01, 0])]);
}

/** Codes that stand for longer and longer runs: few bytes for many pixels. */
function fullFrame(side) {
  const data = Buffer.alloc(10);
  data[0] = 0x2c;
  data.writeUInt16LE(side, 5);
  data.writeUInt16LE(side, 7);
  return Buffer.concat([data, Buffer.from([2]), lzwOfZeros(side * side), Buffer.from([0])]);
}

function lzwOfZeros(pixels) {
  const bits = [];
  const put = (code, size) => {
    for (let bit = 0; bit < size; bit++) bits.push((code >> bit) & 1);
  };
  let [next, size, run] = [6, 3, 1];
  put(4, size);
  put(0, size);
  for (let done = 1; done < pixels; done += run) {
    if (next === 4_095) {
      put(4, size);
      [next, size, run] = [6, 3, 1];
      put(0, size);
      continue;
    }
    put(next, size);
    run++;
    if (++next === 2 ** size && size < 12) size++;
  }
  put(5, size);
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => (bytes[index >> 3] |= bit << (index & 7)));
  const blocks = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat(blocks);
}

const gif = (width, height, frames) => Buffer.concat([MAGIC, screen(width, height), PALETTE].concat(frames, END));

export const gifBombs = [
  ["GIF of 65,535 × 65,535", () => gif(65_535, 65_535, frame(1, 1))],
  ["GIF of 1 × 1 whose frame is 65,535 × 65,535", () => gif(1, 1, frame(65_535, 65_535))],
  ["GIF of 1 × 1 whose second frame is 65,535 × 65,535", () => gif(1, 1, [frame(1, 1), frame(65_535, 65_535)])],
  ["GIF of 7,000 × 7,000 with one pixel", () => gif(7_000, 7_000, frame(1, 1))],
  ["GIF of 49 megapixels", () => gif(7_000, 7_000, fullFrame(7_000))],
  ["GIF of 300,000 frames", () => gif(8, 8, Array(300_000).fill(frame(1, 1)))],
  ["GIF of 7,000 × 7,000 with 10,000 frames", () => gif(7_000, 7_000, Array(10_000).fill(frame(7_000, 7_000)))],
  ["GIF whose frames lie outside", () => gif(8, 8, Array(1_000).fill(frame(60_000, 60_000, 60_000, 60_000)))],
  ["script behind GIF magic", () => Buffer.from("GIF89a/*\0\0\0\0\0\0*/=1;alert(1)//", "latin1")],
];
