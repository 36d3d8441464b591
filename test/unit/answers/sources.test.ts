import { gatherSources } from "../../../src/answers/source";
import { cutAround, cutToTokens, fairShares, tokensOf } from "../../../src/answers/token-budget";
import { imageHit, textHits } from "../../support/sources";

const picture = { mediaType: "image/jpeg", bytes: Buffer.from("picture") };
const hits = [
  ...textHits(["one", "two"]),
  imageHit("a", "a cat"),
  ...textHits(["three"]),
  imageHit("b"),
  imageHit("c"),
];
const gather = (budget: object, read = async (): Promise<typeof picture | null> => picture) =>
  gatherSources(hits, { texts: 10, pictures: 10, tokens: 1_000, ...budget }, read);

it("takes the best of each kind, in the order of the hits, numbered from 1", async () => {
  const sources = await gather({ texts: 2, pictures: 2 });
  expect(sources.map(({ number, text }) => [number, text])).toEqual([
    [1, "one"],
    [2, "two"],
    [3, "a cat"],
    [4, ""],
  ]);
  expect(sources.map((source) => source.picture)).toEqual([null, null, picture, picture]);
});

it("reads no picture where none is wanted", async () => {
  const read = jest.fn(async () => picture);
  const sources = await gather({ pictures: 0 }, read);
  expect(sources).toHaveLength(3);
  expect(read).not.toHaveBeenCalled();
});

it("passes over pictures that were deleted meanwhile", async () => {
  const sources = await gather({}, async () => null);
  expect(sources.map(({ number, text }) => [number, text])).toEqual([
    [1, "one"],
    [2, "two"],
    [3, "three"],
  ]);
});

it("cuts long texts so that all have room, and says so", async () => {
  const long = "word ".repeat(1_000).trim();
  const [short, first, second] = await gatherSources(
    textHits(["short", long, `${long} more`]),
    { texts: 3, pictures: 0, tokens: 202 },
    async () => null,
  );
  expect([short!.isCut, first!.isCut, second!.isCut]).toEqual([false, true, true]);
  expect(tokensOf(first!.text)).toBeGreaterThan(95);
  expect([short!, first!, second!].reduce((sum, { text }) => sum + tokensOf(text), 0)).toBeLessThanOrEqual(202);
  expect(first!.text.endsWith("word")).toBe(true);
});

it("gives of a long text the passage that was found, with what stands around it", async () => {
  const words = Array.from({ length: 2_000 }, (_, i) => `word${i}`);
  const text = words.join(" ");
  const passageOf = (from: number, to: number) => {
    const start = text.indexOf(`word${from} `);
    return { start, end: text.indexOf(`word${to - 1} `) + `word${to - 1}`.length };
  };
  for (const [from, to] of [
    [0, 20],
    [900, 920],
    [1_970, 1_999],
  ] as const) {
    const passage = passageOf(from, to);
    const hit = { ...textHits([text])[0]!, passage };
    const [source] = await gatherSources([hit], { texts: 1, pictures: 0, tokens: 300 }, async () => null);
    expect(source!.isCut).toBe(true);
    expect(source!.text).toContain(text.slice(passage.start, passage.end));
    expect(text).toContain(source!.text);
    expect(tokensOf(source!.text)).toBeGreaterThan(280);
    expect(tokensOf(source!.text)).toBeLessThanOrEqual(300);
    expect(source!.text.split(" ").filter((word) => !words.includes(word))).toEqual([]);
  }
});

it("cuts around what is longer than the room, and within no character", () => {
  const text = "🗂️".repeat(500);
  const cut = cutAround(text, { start: 300, end: 330 }, 90);
  expect(text).toContain(cut);
  expect(cut.isWellFormed()).toBe(true);
  expect(tokensOf(cutAround(text, { start: 0, end: text.length }, 10))).toBeLessThanOrEqual(10);
});

it("shares fairly", () => {
  expect(fairShares([10, 20, 30], 100)).toEqual([10, 20, 30]);
  expect(fairShares([100, 4, 100], 24)).toEqual([10, 4, 10]);
  expect(fairShares([5, 5], 0)).toEqual([0, 0]);
  expect(fairShares([], 10)).toEqual([]);
});

it("cuts no character in two", () => {
  expect(cutToTokens("猫猫猫猫", 2)).toBe("猫猫");
  for (const tokens of [1, 2, 3]) expect(cutToTokens("😀😀😀", tokens)).toMatch(/^😀*$/u);
});
