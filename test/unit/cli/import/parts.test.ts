import type { Entry, Found } from "../../../../src/cli/import/entry";
import { partsOf, type Part } from "../../../../src/cli/import/parts";

const entry = (i: number | string): Entry => ({
  kind: "entry",
  origin: { line: 1 },
  item: { text: `text ${i}` },
  file: null,
});
const entries = Array.from({ length: 5_000 }, (_, i) => entry(i));

async function parts(found: readonly Found[], salt = "collection"): Promise<Part[]> {
  async function* all() {
    yield* found;
  }
  const result: Part[] = [];
  for await (const part of partsOf(all(), salt, () => undefined)) result.push(part);
  return result;
}
const namesOf = async (found: readonly Found[], salt?: string) =>
  (await parts(found, salt)).map(({ requestId }) => requestId);

it("puts every entry in one part, in order, some hundreds a part", async () => {
  const cut = await parts(entries);
  expect(cut.flatMap((part) => part.entries)).toEqual(entries);
  expect(cut.length).toBeGreaterThan(5);
  expect(Math.max(...cut.map((part) => part.entries.length))).toBeLessThanOrEqual(1_024);
});

it("names the parts of the same entries the same, and of another collection not", async () => {
  expect(await namesOf(entries)).toEqual(await namesOf(entries));
  const other = new Set(await namesOf(entries, "another"));
  expect((await namesOf(entries)).filter((name) => other.has(name))).toEqual([]);
});

it("leaves all other parts as they are when an entry comes in between", async () => {
  const before = new Set(await namesOf(entries));
  const after = await namesOf(entries.toSpliced(2_345, 0, entry("new")));
  expect(after.filter((name) => !before.has(name)).length).toBeLessThanOrEqual(2);
});
