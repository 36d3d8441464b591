import type { Reranker } from "../../src/ports/reranker";
import { NEVER, texts } from "../support/rerankers";

const QUERY = "a red cat";
const ODD = [
  "",
  " ",
  "a red cat",
  "🐈 and \ud800 half of one",
  "赤い猫",
  "word ".repeat(5_000),
  "a\u0000b",
  "a red cat",
];

/** What every reranker promises. */
export function rerankerContract(open: () => Promise<Reranker>): void {
  let reranker: Reranker;
  beforeAll(async () => void (reranker = await open()));
  afterAll(() => reranker.close());

  const score = (given: readonly string[], signal = NEVER) => reranker.score(QUERY, texts(...given), signal);

  it("gives a number for each document, whatever is in it, and the same for the same", async () => {
    const scores = await score(ODD);
    expect(scores).toHaveLength(ODD.length);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[7]).toBeCloseTo(scores[2]!, 5);
    expect(new Set(scores.map((one) => one.toFixed(6))).size).toBeGreaterThan(3);
  });

  it("gives scores in the order of the documents, however many and in whatever order they are", async () => {
    const many = Array.from({ length: 120 }, (_, i) => `${"a red cat sleeps on a chair ".repeat(i % 7)}${i}`);
    const scores = await score(many);
    const reversed = await score(many.toReversed());
    reversed.reverse().forEach((one, i) => expect(one).toBeCloseTo(scores[i]!, 4));
    expect((await score([many[41]!]))[0]).toBeCloseTo(scores[41]!, 4);
  });

  it("answers several searches at once, each its own", async () => {
    const lists = [["a"], ["a red cat", "a"], ["a", "a red cat", "a dog"]];
    const together = await Promise.all(lists.map((list) => score(list)));
    for (const [i, list] of lists.entries()) {
      const alone = await score(list);
      alone.forEach((one, at) => expect(together[i]![at]).toBeCloseTo(one, 4));
    }
  });

  it("throws the reason of a signal that is aborted, before and while it works", async () => {
    const reason = new Error("nobody waits");
    await expect(score(["a"], AbortSignal.abort(reason))).rejects.toBe(reason);
    const aborting = new AbortController();
    const scoring = score(
      Array.from({ length: 400 }, (_, i) => `${"word ".repeat(300)}${i}`),
      aborting.signal,
    );
    setTimeout(() => aborting.abort(reason), 5);
    await expect(scoring).rejects.toBe(reason);
    expect(await score(["a"])).toHaveLength(1);
  });

  it("fails with RERANK_FAILED once it is closed", async () => {
    const other = await open();
    await other.close();
    await expect(other.score(QUERY, texts("a"), NEVER)).rejects.toMatchObject({ code: "RERANK_FAILED" });
  });
}
