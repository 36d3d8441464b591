import { AppError, failed, succeeded, unwrap, type Outcome } from "../../../../src/errors";
import { embedTexts } from "../../../../src/ingestion/passages/embed-texts";
import type { Embedding } from "../../../../src/ports/encoder";

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const textOf = (words: number) => Array.from({ length: words }, (_, i) => (i % 5 === 4 ? `W${i}.` : `W${i}`)).join(" ");
const SIZE = { tokens: 10, overlap: 0 };

/** Reads `window` words; notes what it encodes. */
class WordEncoder {
  readonly encoded: string[] = [];
  isAway = false;

  constructor(
    readonly textWindow: number | null,
    private readonly reads = textWindow ?? Infinity,
  ) {}

  encodeTexts = async (texts: readonly string[]) => {
    this.encoded.push(...texts);
    return texts.map((text): Outcome<Embedding> => {
      if (this.isAway) return failed(new AppError("ENCODER_UNAVAILABLE", "It is away."));
      return succeeded({ vector: Float32Array.of(wordsIn(text)), truncated: wordsIn(text) > this.reads });
    });
  };

  countTokens = async (texts: readonly string[]) => {
    if (this.isAway) throw new AppError("WORKER_UNAVAILABLE", "It is away.");
    return texts.map(wordsIn);
  };
}
const passagesOf = async (encoder: WordEncoder, words: readonly number[], size: typeof SIZE | null = SIZE) =>
  (await embedTexts(words.map(textOf), size, encoder)).map(unwrap).map(({ passages }) => passages.length);

it("sees texts of up to four passages at once, and longer ones in passages, in their order", async () => {
  expect(await passagesOf(new WordEncoder(100), [3, 41, 40, 100, 1])).toEqual([0, 5, 0, 10, 0]);
});

it("sees nothing at once that is longer than the model reads", async () => {
  expect(await passagesOf(new WordEncoder(20), [20, 21])).toEqual([0, 3]);
  expect(await passagesOf(new WordEncoder(null, 20), [20, 30])).toEqual([0, 3]);
});

it("gives a text in passages the vector of the first, and encodes nothing of it twice", async () => {
  const encoder = new WordEncoder(100);
  const [one] = (await embedTexts([textOf(50)], SIZE, encoder)).map(unwrap);
  expect(one).toMatchObject({ truncated: false, vector: one!.passages[0]!.vector });
  expect(encoder.encoded.join(" ")).toBe(textOf(50));
});

it("sees only the beginning where passages are off", async () => {
  const [one] = (await embedTexts([textOf(50)], null, new WordEncoder(20))).map(unwrap);
  expect(one).toMatchObject({ truncated: true, passages: [] });
});

it("fails text by text where the encoder is away", async () => {
  const encoder = new WordEncoder(100);
  encoder.isAway = true;
  const outcomes = await embedTexts([textOf(50), textOf(2)], SIZE, encoder);
  expect(outcomes.map((one) => (one.ok ? "ok" : one.error.code))).toEqual([
    "ENCODER_UNAVAILABLE",
    "ENCODER_UNAVAILABLE",
  ]);
});
