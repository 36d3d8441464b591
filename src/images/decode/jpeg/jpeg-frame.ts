/** One of the components that a JPEG's colours are made of: brightness and two of colour, or brightness alone. */
export interface JpegComponent {
  readonly id: number;
  /** Blocks of it in a unit that holds blocks of all components. */
  readonly across: number;
  readonly down: number;
  /** Number of its quantisation table. */
  readonly table: number;
}

export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly precision: number;
  readonly components: readonly JpegComponent[];
}

/** What the frame's header that begins at `start` says (T.81, B.2.2). */
export function readFrame(bytes: Uint8Array, start: number): JpegFrame {
  const components = Array.from({ length: bytes[start + 9] ?? 0 }, (_, i) => {
    const [id = 0, sampling = 0x11, table = 0] = bytes.subarray(start + 10 + 3 * i, start + 13 + 3 * i);
    return { id, across: sampling >> 4 || 1, down: sampling & 15 || 1, table };
  });
  const [height, width] = [wordAt(bytes, start + 5), wordAt(bytes, start + 7)];
  return { height, width, precision: bytes[start + 4] ?? 0, components };
}

/** Two bytes as a number, the higher one first; beyond the end there are zeros. */
export const wordAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
