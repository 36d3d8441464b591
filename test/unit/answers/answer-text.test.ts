import { AnswerText } from "../../../src/answers/answer-text";
import { textSources } from "../../support/sources";

const sources = textSources("The cat sleeps.", "See https://known.example/a?b=1 for more.", "The dog barks.");

function read(pieces: readonly string[], maxLength = 10_000) {
  const text = new AnswerText(sources, maxLength);
  const shown = pieces.map((piece) => text.add(piece));
  shown.push(text.end());
  return { text, shown: shown.join("") };
}
const textOf = (answer: string) => read([answer]).text;
const cited = (answer: string) =>
  textOf(answer)
    .citations()
    .map(({ source, text }) => [source, text]);

/** What is said, and what becomes of it. */
const SAID: readonly (readonly [what: string, said: string, shown: string, dropped: number])[] = [
  ["markers", "The cat sleeps [1]. The dog barks [3].", "The cat sleeps [1]. The dog barks [3].", 0],
  ["markers of no source", "The cat sleeps [1][7]. The dog [0] barks [44].", "The cat sleeps [1]. The dog barks.", 3],
  ["lists of markers", "Both rest [1, 3] or [source 2] or 【3】.", "Both rest [1][3] or [2] or [3].", 0],
  ["lists with strangers", "Both rest [1, 9].", "Both rest [1].", 1],
  ["addresses of strangers", "Go to https://evil.example/x?q=secret, now.", "Go to (address left out), now.", 0],
  ["addresses of sources", "See https://known.example/a?b=1.", "See https://known.example/a?b=1.", 0],
  ["addresses that begin as those of sources", "https://known.example/a?b=1&more", "(address left out)", 0],
  ["Markdown pictures", "![x](https://evil.example/p.png) seen", "[x] ((address left out)) seen", 0],
  ["Markdown pictures of sources", "![x](https://known.example/a?b=1)", "[x] (https://known.example/a?b=1)", 0],
  ["links as markers", "The cat [1](//evil.example/x)", "The cat [1] ((address left out))", 0],
  ["definitions of links", "[x]: www.evil.example/p", "[x] : (address left out)", 0],
  [
    "tags",
    '<img src="data:image/png;base64,AA" onerror=go()> 1 < 2',
    '‹img src="(address left out)" onerror=go()> 1 < 2',
    0,
  ],
  ["scripts", "javascript:alert(1) and data: plain", "(address left out)(1) and data: plain", 0],
  ["what is not seen", "a\u202Eb\u{E0041}\u0007c\u200Bd", "abcd", 0],
  ["scripts without spaces", "猫が眠る。[1]犬が吠える。[9]", "猫が眠る。[1]犬が吠える。", 1],
];

it.each(SAID)("makes plain text of %s", (_, said, shown, dropped) => {
  const { text, shown: all } = read([said]);
  expect(all).toBe(shown);
  expect(text.text).toBe(shown);
  expect(text.dropped).toBe(dropped);
});

it.each(SAID)("makes the same of %s wherever its pieces end", (_, said, shown, dropped) => {
  for (let at = 1; at < said.length; at++) {
    const { text, shown: all } = read([said.slice(0, at), said.slice(at)]);
    expect([at, all, text.dropped]).toEqual([at, shown, dropped]);
  }
  const letters = read([...said]);
  expect([letters.shown, letters.text.dropped]).toEqual([shown, dropped]);
});

it("shows words as they come", () => {
  const text = new AnswerText(sources, 1_000);
  expect(["The cat ", "sleeps", " [1", "]. The"].map((piece) => text.add(piece))).toEqual([
    "The cat",
    "",
    " sleeps",
    " [1].",
  ]);
});

it("shows a word without end in pieces, without an address in it", () => {
  const { shown } = read(["x".repeat(1_000), `https://evil.example/${"y".repeat(1_000)}`]);
  expect(shown).not.toMatch(/evil/);
  expect(shown).toMatch(/^x{1000}/);
});

describe("citations", () => {
  it("are the sentences that markers stand in or right behind", () => {
    expect(cited("The cat sleeps [1]. The dog barks. [3] Nobody knows why.")).toEqual([
      [1, "The cat sleeps [1]."],
      [3, "The dog barks."],
    ]);
    expect(cited("[2] Cats [1] and dogs [3] sleep.\nIt rains [2][1].")).toEqual([
      [2, "Cats [1] and dogs [3] sleep."],
      [1, "Cats [1] and dogs [3] sleep."],
      [3, "Cats [1] and dogs [3] sleep."],
      [2, "It rains [2][1]."],
      [1, "It rains [2][1]."],
    ]);
  });

  it("stand where they say", () => {
    const text = textOf("  The cat sleeps [1]. The dog [9] barks [3][3]!\n\nIt rains [2].");
    const citations = text.citations();
    expect(citations.map(({ source }) => source)).toEqual([1, 3, 2]);
    for (const { start, end, text: sentence } of citations) expect(text.text.slice(start, end)).toBe(sentence);
    expect(citations.map((one) => one.text)).toEqual(["The cat sleeps [1].", "The dog barks [3][3]!", "It rains [2]."]);
  });

  it("are of the source's own document", () => {
    const [citation] = textOf("The dog barks [3].").citations();
    expect(citation!.document).toBe(sources[2]!.hit.document);
  });

  it("are not more than anybody reads", () => {
    const many = Array.from({ length: 300 }, (_, i) => `Sentence number ${i} is here [1].`).join(" ");
    expect(textOf(many).citations()).toHaveLength(100);
  });
});

describe("a refusal", () => {
  it.each(["NO_ANSWER_IN_SOURCES", " **NO_ANSWER_IN_SOURCES**.", "`NO_ANSWER_IN_SOURCES` since nothing fits"])(
    "is what begins with the word for it, of which nothing is shown: %s",
    (said) => {
      const { text, shown } = read([...said]);
      expect(text.isRefusal).toBe(true);
      expect(shown).toBe("");
    },
  );

  it("is what ends with it and names no source", () => {
    const { text, shown } = read(["I looked everywhere. NO_ANSWER_IN_SOURCES"]);
    expect(text.isRefusal).toBe(true);
    expect(shown).not.toContain("NO_ANSWER");
  });

  it("is not what names sources, nor what begins alike", () => {
    expect(textOf("The cat sleeps [1]. NO_ANSWER_IN_SOURCES").isRefusal).toBe(false);
    const { text, shown } = read(["NO_", "body knows [1]."]);
    expect([text.isRefusal, shown]).toEqual([false, "NO_body knows [1]."]);
  });
});

it("ends where it is too long", () => {
  const { text, shown } = read(["The cat sleeps [1]. ", "The dog barks [3]. ", "It rains."], 30);
  expect(text.isFull).toBe(true);
  expect(shown).toHaveLength(30);
  expect(text.citations().map(({ source }) => source)).toEqual([1]);
});
