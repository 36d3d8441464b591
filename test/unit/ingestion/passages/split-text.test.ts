import type { Passage } from "../../../../src/documents/document";
import { splitText, type PassageSize } from "../../../../src/ingestion/passages/split-text";

/** A token a word, and one for every four characters of a long one. */
const wordsIn = (text: string): number =>
  (text.match(/\S+/g) ?? []).reduce((sum, { length }) => sum + Math.ceil(length / 8), 0);
const count = async (texts: readonly string[]) => texts.map(wordsIn);
const split = (text: string, size: PassageSize) => splitText(text, size, count);
const words = (text: string, passages: readonly Passage[]) => passages.map(({ start, end }) => text.slice(start, end));

const sentence = (n: number) => `Sentence number ${n} says very little.`;
const sentences = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => sentence(from + i)).join(" ");

it("puts whole sentences together, each passage beginning with the last of the one before", async () => {
  const text = sentences(0, 10);
  expect(words(text, await split(text, { tokens: 24, overlap: 6 }))).toEqual([
    sentences(0, 4),
    sentences(3, 7),
    sentences(6, 10),
  ]);
  expect(words(text, await split(text, { tokens: 24, overlap: 0 }))).toEqual([
    sentences(0, 4),
    sentences(4, 8),
    sentences(8, 10),
  ]);
});

it("ends where a paragraph does, if that is near", async () => {
  const text = `${sentences(0, 3)}\n\n${sentences(3, 5)}\n\n${sentences(5, 9)}`;
  expect(words(text, await split(text, { tokens: 30, overlap: 0 }))).toEqual([
    `${sentences(0, 3)}\n\n${sentences(3, 5)}`,
    sentences(5, 9),
  ]);
});

it("leaves no character out that shows, whatever the text", async () => {
  const texts = [
    `  \n\t${sentences(0, 40)}\n\n  ${"a".repeat(900)} ${sentences(40, 50)}   `,
    "日本語の文章です。次の文もあります！最後の文。".repeat(30),
    "👩‍👩‍👧‍👦👍🏽🇩🇪".repeat(200),
    "word ".repeat(700),
    `${"é".normalize("NFD").repeat(300)} ${"नमस्ते ".repeat(80)}`,
    "\n\n\n",
    "x",
  ];
  for (const text of texts) {
    for (const size of [
      { tokens: 32, overlap: 8 },
      { tokens: 5, overlap: 2 },
      { tokens: 40, overlap: 20 },
    ]) {
      const passages = await split(text, size);
      let reached = 0;
      for (const { start, end } of passages) {
        expect(text.slice(reached, start).trim()).toBe("");
        expect(end).toBeGreaterThan(reached);
        expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
        expect(text.slice(start, end).isWellFormed()).toBe(true);
        expect(wordsIn(text.slice(start, end))).toBeLessThanOrEqual(size.tokens + 1);
        reached = end;
      }
      expect(text.slice(reached).trim()).toBe("");
    }
  }
});

it("cuts no emoji and no letter with its marks in two", async () => {
  const family = "👩‍👩‍👧‍👦";
  const text = family.repeat(60);
  for (const passage of words(text, await split(text, { tokens: 12, overlap: 3 }))) {
    expect(passage.replaceAll(family, "")).toBe("");
  }
});

it("keeps passages within their size, and overlaps within theirs", async () => {
  const text = Array.from({ length: 60 }, (_, i) => `${"word ".repeat((i * 7) % 23)}end ${i}.`).join(" ");
  const size = { tokens: 40, overlap: 10 };
  const passages = await split(text, size);
  passages.forEach(({ start, end }, i) => {
    expect(wordsIn(text.slice(start, end))).toBeLessThanOrEqual(size.tokens);
    const shared = i === 0 ? "" : text.slice(start, passages[i - 1]!.end);
    expect(wordsIn(shared)).toBeLessThanOrEqual(size.overlap);
  });
});
