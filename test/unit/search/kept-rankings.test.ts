import { setTimeout as pause } from "node:timers/promises";
import { KeptRankings } from "../../../src/search/kept-rankings";
import { calibrationOf, EMPTY_COLLECTION } from "../../../src/search/ranking/calibration";
import { Ranker } from "../../../src/search/ranking/ranker";
import { GappedVectors } from "../../support/gapped-vectors";

const vectors = new GappedVectors(3);
const query = [{ kind: "text", vector: vectors.about(vectors.topic(), "text"), weight: 1 }] as const;
const ranker = new Ranker("calibrated", query, calibrationOf(vectors.model(20), EMPTY_COLLECTION));
const hits = (...names: string[]) => names.map((id) => ({ id, group: null }));
const shownOf = (kept: KeptRankings, id: string) => kept.find(id)?.shown.map((hit) => hit.id);

it("knows what was given out of a ranking, page by page", () => {
  const kept = new KeptRankings({ max: 10, maxHits: 100, keepMs: 60_000 });
  const { id } = kept.begin(ranker);
  expect(kept.find(id)).toBeNull();
  kept.keep({ ...kept.begin(ranker), id }, 0, hits("a", "b"));
  kept.keep(kept.find(id)!, 2, hits("c", "d"));
  expect(shownOf(kept, id)).toEqual(["a", "b", "c", "d"]);
  expect(kept.find(id)!.ranker).toBe(ranker);
});

it("forgets no later page when an earlier one is given out again, and knows no hit twice", () => {
  const kept = new KeptRankings({ max: 10, maxHits: 100, keepMs: 60_000 });
  const begun = kept.begin(ranker);
  kept.keep({ ...begun, shown: hits("a", "b", "c", "d", "e", "f") }, 6, []);
  kept.keep(kept.find(begun.id)!, 2, hits("c", "d"));
  expect(shownOf(kept, begun.id)).toEqual(["a", "b", "c", "d", "e", "f"]);
  kept.keep(kept.find(begun.id)!, 2, hits("d", "e"));
  expect(shownOf(kept, begun.id)).toEqual(["a", "b", "d", "e", "f"]);
});

it("gives every ranking a name of its own", () => {
  const kept = new KeptRankings({ max: 10, maxHits: 100, keepMs: 60_000 });
  expect(new Set(Array.from({ length: 100 }, () => kept.begin(ranker).id)).size).toBe(100);
});

it("forgets first what was not paged for longest", () => {
  const kept = new KeptRankings({ max: 2, maxHits: 100, keepMs: 60_000 });
  const [one, two, three] = [kept.begin(ranker), kept.begin(ranker), kept.begin(ranker)];
  kept.keep(one, 0, hits("a"));
  kept.keep(two, 0, hits("b"));
  kept.keep(kept.find(one.id)!, 1, hits("c"));
  kept.keep(three, 0, hits("d"));
  expect([one, two, three].map(({ id }) => kept.find(id) !== null)).toEqual([true, false, true]);
});

it("forgets what was not paged for a while", async () => {
  const kept = new KeptRankings({ max: 10, maxHits: 100, keepMs: 20 });
  const begun = kept.begin(ranker);
  kept.keep(begun, 0, hits("a"));
  expect(kept.find(begun.id)).not.toBeNull();
  await pause(40);
  expect(kept.find(begun.id)).toBeNull();
});

it("remembers so many hits in all", () => {
  const kept = new KeptRankings({ max: 10, maxHits: 5, keepMs: 60_000 });
  const [one, two] = [kept.begin(ranker), kept.begin(ranker)];
  kept.keep(one, 0, hits("a", "b", "c"));
  kept.keep(two, 0, hits("d", "e"));
  expect(kept.find(one.id)).not.toBeNull();
  kept.keep(kept.find(two.id)!, 2, hits("f"));
  expect([one, two].map(({ id }) => kept.find(id) !== null)).toEqual([false, true]);
});
