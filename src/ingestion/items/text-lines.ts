import { setImmediate as turn } from "node:timers/promises";
import { detectEncoding, HEAD_BYTES } from "./encoding";
import { LineSplitter, type Line } from "./line-splitter";

/** Of nothing but line ends these are some milliseconds of work; then whatever else the process does has its turn. */
const AT_ONCE_BYTES = 8 * 1024;

/** The lines of a list that comes in pieces, in parts as they are complete; see LineSplitter. Never throws for what the bytes are. */
export async function* textLines(bytes: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<Line[]> {
  let splitter: LineSplitter | null = null;
  let head = new Uint8Array();
  const start = () => {
    const { encoding, bom } = detectEncoding(head);
    splitter = new LineSplitter(encoding, maxLineBytes);
    return splitter.split(head.subarray(bom));
  };
  for await (const piece of inTurns(bytes)) {
    if (splitter !== null) yield (splitter as LineSplitter).split(piece);
    else {
      head = Buffer.concat([head, piece]);
      if (head.length >= HEAD_BYTES) yield start();
    }
  }
  if (splitter === null) yield start();
  yield splitter!.end();
}

async function* inTurns(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; at += AT_ONCE_BYTES) {
      if (at > 0) await turn();
      yield piece.subarray(at, at + AT_ONCE_BYTES);
    }
  }
}
