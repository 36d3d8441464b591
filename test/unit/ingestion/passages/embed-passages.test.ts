import { AppError, failed, succeeded, unwrap, type Outcome } from "../../../../src/errors";
import { embedPassages } from "../../../../src/ingestion/passages/embed-passages";
import type { Embedding, Encoder } from "../../../../src/ports/encoder";

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const TEXT = Array.from({ length: 60 }, (_, i) => `This is sentence number ${i}.`).join(" ");
const SIZE = { tokens: 50, overlap: 10 };

/** Reads `window` words; counts them as `count` says. */
function encoderOf(
  window: number,
  { tells = true, count = wordsIn }: { tells?: boolean; count?: typeof wordsIn } = {},
) {
  const encode = (text: string): Outcome<Embedding> =>
    text.includes("number 13.") && window === 13
      ? failed(new AppError("ENCODER_FAILED", "It fails."))
      : succeeded({ vector: Float32Array.of(wordsIn(text)), truncated: wordsIn(text) > window });
  return {
    textWindow: tells ? window : null,
    encodeTexts: async (texts: readonly string[]) => texts.map(encode),
    countTokens: async (texts: readonly string[]) => texts.map(count),
  } as unknown as Encoder;
}
const embed = async (encoder: Encoder, size = SIZE) => unwrap(await embedPassages(TEXT, size, encoder));
const longest = (passages: readonly { start: number; end: number }[]) =>
  Math.max(...passages.map(({ start, end }) => wordsIn(TEXT.slice(start, end))));

it("makes passages of the size that is asked for, or of the model's window where that is smaller", async () => {
  expect(longest(await embed(encoderOf(100)))).toBe(50);
  expect(longest(await embed(encoderOf(22)))).toBe(20);
});

it("gives each passage its own vector, and reaches the end", async () => {
  const passages = await embed(encoderOf(100));
  expect(passages[0]!.start).toBe(0);
  expect(passages.at(-1)!.end).toBe(TEXT.length);
  for (const { start, end, vector } of passages) expect(vector[0]).toBe(wordsIn(TEXT.slice(start, end)));
});

it("halves passages that turn out too long where tokens are estimated too low", async () => {
  const passages = await embed(encoderOf(30, { tells: false, count: (text) => Math.ceil(wordsIn(text) / 2) }));
  expect(longest(passages)).toBeLessThanOrEqual(30);
  expect(passages.at(-1)!.end).toBe(TEXT.length);
});

it("finds nothing to split where an estimate takes all of it for one token", async () => {
  const encoder = encoderOf(3, { tells: false, count: () => 1 });
  expect(await embedPassages("One sentence alone, and no more", SIZE, encoder)).toEqual(succeeded([]));
});

it("fails as the passage that cannot be encoded", async () => {
  expect(await embedPassages(TEXT, SIZE, encoderOf(13))).toMatchObject({
    ok: false,
    error: { code: "ENCODER_FAILED" },
  });
});
