import { setImmediate as nextTurn } from "node:timers/promises";
import { succeeded } from "../../src/errors";
import type { Encoder } from "../../src/ports/encoder";

/** An encoder that notes its batches and answers when it is told to. */
export class SteppedEncoder implements Encoder {
  readonly fingerprint = { model: "", revision: "", dtype: "", dimension: 1, preprocessing: "" };
  readonly dimension = 1;
  readonly picture = null;
  readonly textWindow = null;
  readonly batches: string[][] = [];
  #answer: () => void = () => undefined;

  async encodeTexts(texts: readonly string[]) {
    this.batches.push([...texts]);
    await new Promise<void>((resolve) => (this.#answer = resolve));
    return texts.map((text) => succeeded({ vector: Float32Array.of(text.length), truncated: false }));
  }

  encodeImages = async () => [];
  countTokens = async (texts: readonly string[]) => texts.map(({ length }) => length);
  ping = async () => undefined;
  close = async () => undefined;

  /** Ends the batch that runs, after so many milliseconds; resolves when the next has begun, or none is left. */
  async step(ms = 0): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#answer();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Everything begins within a few turns of the event loop; how long they take is the machine's business. */
export const begun = async () => {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
};
