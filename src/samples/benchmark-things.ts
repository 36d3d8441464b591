import { createHash } from "node:crypto";
import { EMOJIS } from "./emojis";
import { unseenThings, type NamedDrawing } from "./evaluation-set";

/** A thing of the mixed retrieval benchmark. */
export interface BenchmarkThing extends NamedDrawing {
  /** The emoji's name: "ladybug". */
  readonly name: string;
  readonly label: string;
  /** Constants are tuned on "tune", a third of the things; the figures that are told come from "test". */
  readonly split: "tune" | "test";
  /** emojibase's number of its kind: birds, fruit, tools … */
  readonly subgroup: number;
  /** All words that are said of it, the label's own among them. */
  readonly words: ReadonlySet<string>;
  /** Words that are no words of the label, in two parts that share none, the ones that say most first. */
  readonly asked: readonly string[];
  readonly told: readonly string[];
}

const MIN_WORD_LENGTH = 3;
const WORD = /^[a-z][a-z -]{2,}$/;

/** A whole number that follows from a name alone, uniform over 32 bits. */
export const hashOf = (name: string): number => createHash("sha256").update(name).digest().readUInt32BE();

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length >= MIN_WORD_LENGTH);

/** "fish" and "fishes" are one word here. */
const isLike = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** The things of the benchmark: those of `unseenThings`, with what emojibase says of them. */
export function benchmarkThings(): BenchmarkThing[] {
  const known = new Map(EMOJIS.map((emoji) => [emoji.label, emoji]));
  const found = unseenThings().map((one) => ({ ...one, emoji: known.get(one.text.slice("a ".length))! }));
  const frequency = countWords(found.map(({ emoji }) => emoji.tags ?? []));
  return found.map(({ drawing, text, emoji: { label, tags = [], subgroup } }) => {
    const own = wordsOf(label);
    const apart = tags
      .filter((tag) => WORD.test(tag) && !wordsOf(tag).some((word) => own.some((other) => isLike(word, other))))
      .sort((a, b) => frequency.get(a)! - frequency.get(b)! || (a < b ? -1 : 1));
    return {
      drawing,
      text,
      name: drawing.name,
      label,
      split: hashOf(drawing.name) % 3 === 0 ? ("tune" as const) : ("test" as const),
      subgroup,
      words: new Set([...own, ...tags.filter((tag) => tag.length >= MIN_WORD_LENGTH)]),
      asked: apart.filter((_, i) => i % 2 === 0),
      told: apart.filter((_, i) => i % 2 === 1),
    };
  });
}

/** In how many lists each word is. */
export function countWords(lists: readonly Iterable<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const word of new Set(list)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
