import type { Vector } from "../../../documents/document";
import { DOTS_MODULE } from "./dots-module";

const PAGE_BYTES = 65_536;
/** The module multiplies 16 numbers at a time; rows are filled up with zeros. */
const NUMBERS_AT_ONCE = 16;
const BYTES_A_NUMBER = 4;

type Dots = (matrix: number, rows: number, rowBytes: number, vector: number, out: number) => void;

let compiled: WebAssembly.Module | undefined;
const compile = (): WebAssembly.Module => (compiled ??= new WebAssembly.Module(Buffer.from(DOTS_MODULE, "base64")));

/** For blocks that are needed for a moment, one after the other: a memory lives until the collector comes by. */
export const emptyMemory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1 });

/** Vectors of one length, side by side, for dot products with all of them at once: 20 times as fast as in JavaScript. */
export class VectorBlock {
  readonly #dots: Dots;
  readonly #rows: number;
  readonly #rowBytes: number;
  readonly #vector: Float32Array;
  readonly #out: Float32Array;

  /** In a memory of its own, or in one whose block before this one is done with. */
  constructor(vectors: readonly Vector[], memory = emptyMemory()) {
    this.#rows = vectors.length;
    const length = vectors[0]?.length ?? 0;
    this.#rowBytes = Math.ceil(length / NUMBERS_AT_ONCE) * NUMBERS_AT_ONCE * BYTES_A_NUMBER;
    const bytes = this.#rowBytes * (vectors.length + 1) + BYTES_A_NUMBER * vectors.length;
    memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)));
    new Uint8Array(memory.buffer, 0, bytes).fill(0);
    vectors.forEach((one, row) => new Float32Array(memory.buffer, row * this.#rowBytes, length).set(one));
    this.#vector = new Float32Array(memory.buffer, vectors.length * this.#rowBytes, length);
    this.#out = new Float32Array(memory.buffer, (vectors.length + 1) * this.#rowBytes, vectors.length);
    this.#dots = new WebAssembly.Instance(compile(), { env: { memory } }).exports["dots"] as Dots;
  }

  /** Of a vector with each, in their order; the caller may change them, and they hold until the next call. */
  dots(vector: Vector): Float32Array {
    if (this.#rows === 0) return this.#out;
    this.#vector.set(vector);
    this.#dots(0, this.#rows, this.#rowBytes, this.#vector.byteOffset, this.#out.byteOffset);
    return this.#out;
  }
}
