import { textAbout } from "../../samples/benchmark-texts";
import { benchmarkThings, hashOf, type BenchmarkThing } from "../../samples/benchmark-things";

export const POSITIONS = ["start", "middle", "end"] as const;
export type Position = (typeof POSITIONS)[number];

/** From the mixed benchmark, whose two splits have no thing in common. */
export interface LongSamples {
  /** What is asked, and the sentences that answer. */
  readonly asked: readonly { readonly query: string; readonly answer: string }[];
  /** Short texts about other things of the same split, among which the long ones are to be found. */
  readonly others: readonly string[];
  /** Sentences about the things of the other split, which nobody asks for. */
  readonly filling: readonly string[];
}

/** `count`: how many things of the split are asked for. */
export function longSamples(split: BenchmarkThing["split"], count: number): LongSamples {
  const things = benchmarkThings().toSorted((a, b) => hashOf(a.name) - hashOf(b.name));
  const own = things.filter((one) => one.split === split);
  return {
    asked: own.slice(0, count).map((thing) => ({ query: thing.label, answer: textAbout(thing) })),
    others: own.slice(count).map(textAbout),
    filling: things.filter((one) => one.split !== split).map(textAbout),
  };
}

/**
 * A text of about so many tokens with an answer at a position. `tokens`: of each sentence of the filling; `seed`: where the
 * filling begins, so that no two texts are alike.
 */
export function longText(
  answer: string,
  position: Position,
  filling: readonly { readonly text: string; readonly tokens: number }[],
  { length, seed }: { readonly length: number; readonly seed: number },
): string {
  const sentences: string[] = [];
  for (let at = seed, tokens = 0; tokens < length; at++) {
    const next = filling[at % filling.length]!;
    sentences.push(next.text);
    tokens += next.tokens;
  }
  const place = { start: 0, middle: sentences.length >> 1, end: sentences.length }[position];
  return sentences.toSpliced(place, 0, answer).join(" ");
}
