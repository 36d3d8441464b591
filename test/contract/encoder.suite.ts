import { unwrap, type Outcome } from "../../src/errors";
import type { Embedding, Encoder, Pixels } from "../../src/ports/encoder";
import { dot } from "../../src/documents/vector";

/** A picture of one colour. */
export const plain = (side: number, [r, g, b]: readonly [number, number, number]): Pixels => ({
  side,
  rgb: Uint8Array.from({ length: side * side * 3 }, (_, i) => [r, g, b][i % 3]!),
});

export interface EncoderKind {
  /** False for a model of texts only. */
  readonly takesPictures?: boolean;
  /** False for an API that cuts texts by itself, and says nothing. */
  readonly tellsTruncation?: boolean;
}

/** What every Encoder promises. */
export function encoderContract(
  open: () => Promise<Encoder>,
  { takesPictures = true, tellsTruncation = true }: EncoderKind = {},
): void {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await open();
  });
  afterAll(() => encoder.close());

  const side = () => encoder.picture?.side ?? 8;
  const pictures = (colours: readonly (readonly [number, number, number])[]) =>
    encoder.encodeImages(
      colours.map((colour) => plain(side(), colour)),
      "document",
    );
  const refusals = (outcomes: readonly Outcome<Embedding>[]) =>
    outcomes.map((outcome) => (outcome.ok ? "encoded" : outcome.error.code));

  it("gives a unit vector of its dimension for each text and picture", async () => {
    const texts = (await encoder.encodeTexts(["a cat", "a dog on a stick", ""], "document")).map(unwrap);
    const images = takesPictures ? (await pictures([[200, 30, 30]])).map(unwrap) : [];
    for (const { vector } of [...texts, ...images]) {
      expect(vector).toHaveLength(encoder.dimension);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
    expect(encoder.fingerprint.dimension).toBe(encoder.dimension);
  });

  it("keeps the order, whatever the lengths", async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `${"long ".repeat((i * 37) % 50)}text number ${i}`);
    const together = (await encoder.encodeTexts(texts, "document")).map(unwrap);
    for (const i of [0, 13, 59]) {
      const [alone] = (await encoder.encodeTexts([texts[i]!], "document")).map(unwrap);
      expect(dot(alone!.vector, together[i]!.vector)).toBeGreaterThan(0.9999);
    }
  });

  it("says whether it takes pictures", () => {
    expect(encoder.picture !== null).toBe(takesPictures);
  });

  it("keeps the order of pictures, or refuses each where it takes none", async () => {
    const colours = Array.from({ length: 40 }, (_, i) => [i * 6, 255 - i * 6, (i * 50) % 255] as const);
    const outcomes = await pictures(colours);
    if (!takesPictures) return expect(refusals(outcomes)).toEqual(colours.map(() => "PICTURES_UNSUPPORTED"));
    const together = outcomes.map(unwrap);
    const [alone] = (await pictures([colours[33]!])).map(unwrap);
    expect(dot(alone!.vector, together[33]!.vector)).toBeGreaterThan(0.9999);
  });

  it("says when a text is longer than it reads", async () => {
    const [short, long] = (await encoder.encodeTexts(["short", "word ".repeat(2_000)], "document")).map(unwrap);
    expect([short!.truncated, long!.truncated]).toEqual([false, tellsTruncation]);
  });

  it("counts tokens, in order", async () => {
    const texts = ["", "a cat", `${"and the cat ".repeat(3_000)}sat`, "a cat and a dog on a stick"];
    const [none, two, many, more] = await encoder.countTokens(texts);
    expect(none).toBe(0);
    expect(two).toBeGreaterThan(0);
    expect(more).toBeGreaterThan(two!);
    expect(many).toBeGreaterThan(3_000);
    expect(await encoder.countTokens([])).toEqual([]);
  });

  it("reads as many tokens as it tells, and not one more", async () => {
    const { textWindow } = encoder;
    const most = textWindow ?? 0;
    const texts = Array.from({ length: most + 2 }, (_, i) => "cat ".repeat(i).trim());
    const counts = await encoder.countTokens(texts);
    const longest = counts.findLastIndex((count) => count <= most);
    const [whole, cut] = await encoder.encodeTexts([texts[longest]!, texts[longest + 1]!], "document");
    const told = [unwrap(whole!).truncated, unwrap(cut!).truncated];
    expect(told).toEqual([false, textWindow !== null]);
  });

  it("answers many callers at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => encoder.encodeTexts([`caller ${i % 10}`], i % 2 ? "query" : "document")),
    );
    expect(dot(unwrap(answers[0]![0]!).vector, unwrap(answers[10]![0]!).vector)).toBeCloseTo(1, 4);
  });

  it("takes an empty batch", async () => {
    expect(await encoder.encodeTexts([], "query")).toEqual([]);
    expect(await encoder.encodeImages([], "query")).toEqual([]);
  });

  it("answers a ping", () => encoder.ping());
}
