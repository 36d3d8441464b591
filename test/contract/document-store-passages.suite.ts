import { passageId, type EmbeddedDocument, type Vector } from "../../src/documents/document";
import type { Filter } from "../../src/documents/filter";
import { dot } from "../../src/documents/vector";
import type { DocumentStore, Neighbour } from "../../src/ports/document-store";
import { randomNumbers, randomVector, textDocument } from "../support/documents";

const TENANT = "default";
type Given = Parameters<typeof textDocument>[1];

/** What a store promises of texts that are longer than a model reads. */
export function passageContract(store: () => DocumentStore): void {
  const random = randomNumbers(11);
  const vector = () => randomVector(random);

  /** A text of `count` passages of ten characters, its own vector that of the first. */
  function longText(name: string, count: number, given: Partial<Given> = {}): EmbeddedDocument {
    const passages = Array.from({ length: count }, (_, i) => ({ start: 10 * i, end: 10 * i + 12, vector: vector() }));
    return {
      ...textDocument(`${name} ${"word ".repeat(2 * count)}`, { vector: passages[0]!.vector, ...given }),
      passages,
    };
  }
  const near = (query: Vector, options: { limit?: number; filter?: Filter | null } = {}) => {
    const { limit = 5, filter = null } = options;
    return store().neighbours({ tenant: TENANT, modality: "text", vectors: [query], limit, filter });
  };
  const found = (list: readonly Neighbour[]) => list.map(({ document, passage }) => [document.id, passage]);

  it("finds a text by the nearest of its passages, once, and says by which", async () => {
    const [long, short] = [longText("long", 40), textDocument("short", { vector: vector() })];
    await store().upsert([long, short]);
    for (const at of [0, 17, 39]) {
      const { start, end, vector: query } = long.passages![at]!;
      const [list] = await near(query);
      expect(list).toHaveLength(2);
      expect(list![0]).toEqual({ document: long.document, passage: { start, end }, similarity: expect.closeTo(1, 5) });
      expect(found(list!)[1]).toEqual([short.document.id, null]);
    }
  });

  it("answers as a comparison with everything does, among long and short texts", async () => {
    const texts = Array.from({ length: 30 }, (_, i) =>
      i % 3 === 0 ? longText(`long ${i}`, 2 + i) : textDocument(`short ${i}`, { vector: vector() }),
    );
    await store().upsert(texts);
    const vectors = [vector(), vector(), vector()];
    const lists = await store().neighbours({ tenant: TENANT, modality: "text", vectors, limit: 8, filter: null });
    const best = (query: Vector, one: EmbeddedDocument) =>
      Math.max(...[one, ...(one.passages ?? [])].map((of) => dot(query, of.vector)));
    lists.forEach((list, i) => {
      const expected = texts.toSorted((a, b) => best(vectors[i]!, b) - best(vectors[i]!, a)).slice(0, 8);
      expect(list.map(({ document }) => document.id)).toEqual(expected.map(({ document }) => document.id));
      list.forEach((one, at) => expect(one.similarity).toBeCloseTo(best(vectors[i]!, expected[at]!), 5));
    });
  });

  it("finds as many texts as are wanted, however many passages of one are nearer", async () => {
    const query = vector();
    const close = (share: number) => {
      const other = vector();
      return Float32Array.from(query, (value, i) => share * value + (1 - share) * other[i]!);
    };
    const normal = (one: Vector) => one.map((value) => value / Math.hypot(...one));
    const crowd = longText("crowd", 2, {});
    const passages = Array.from({ length: 120 }, (_, i) => ({ start: i, end: i + 5, vector: normal(close(0.95)) }));
    const others = Array.from({ length: 6 }, (_, i) => longText(`other ${i}`, 5));
    await store().upsert([{ ...crowd, passages }, ...others]);
    const [list] = await near(query, { limit: 6 });
    const best = (one: EmbeddedDocument) => Math.max(...one.passages!.map((of) => dot(query, of.vector)));
    const expected = others.toSorted((a, b) => best(b) - best(a)).slice(0, 5);
    expect(list!.map(({ document }) => document.id)).toEqual([crowd, ...expected].map(({ document }) => document.id));
  });

  it("compares documents by their own vectors where passages are left out", async () => {
    const [long, short] = [longText("long", 5), textDocument("short", { vector: vector() })];
    await store().upsert([long, short]);
    const query = { tenant: TENANT, modality: "text", limit: 5, filter: null, withoutPassages: true } as const;
    const [list] = await store().neighbours({ ...query, vectors: [long.passages![4]!.vector] });
    expect(list!.every(({ passage }) => passage === null)).toBe(true);
    const own = list!.find(({ document }) => document.id === long.document.id)!;
    expect(own.similarity).toBeCloseTo(dot(long.vector, long.passages![4]!.vector), 5);
  });

  it("tells the cosines of passages beside those of documents", async () => {
    const [long, short] = [longText("long", 6), textDocument("short", { vector: vector() })];
    await store().upsert([long, short]);
    const [third, fifth] = [long.passages![2]!, long.passages![4]!];
    const stale = { ...long.document, contentHash: "f".repeat(64) };
    const ids = [
      passageId(long.document, fifth),
      short.document.id,
      passageId(stale, third),
      passageId(long.document, third),
      long.document.id,
    ];
    const vectors = [vector(), vector()];
    const told = await store().similarities({ tenant: TENANT, modality: "text", vectors, ids });
    const cosine = (query: Vector, other: { readonly vector: Vector }) => expect.closeTo(dot(query, other.vector), 5);
    expect(told).toEqual(
      vectors.map((one) => [cosine(one, fifth), cosine(one, short), null, cosine(one, third), cosine(one, long)]),
    );
    expect(await store().similarities({ tenant: "other", modality: "text", vectors, ids: ids.slice(0, 1) })).toEqual([
      [null],
      [null],
    ]);
  });

  it("gives passages back in the order of the text, and none of what has none", async () => {
    const [long, short] = [longText("long", 230), textDocument("short", { vector: vector() })];
    await store().upsert([long, short]);
    const [none, all, stale] = await store().passages([
      short.document,
      long.document,
      { ...long.document, contentHash: "f".repeat(64) },
    ]);
    expect([none, stale]).toEqual([[], []]);
    const gone = textDocument("never stored", { vector: vector() }).document;
    expect(await store().havePassages([short.document, long.document, gone])).toEqual([false, true, false]);
    expect(all!.map(({ start, end }) => [start, end])).toEqual(long.passages!.map(({ start, end }) => [start, end]));
    all!.forEach((one, i) => expect(dot(one.vector, long.passages![i]!.vector)).toBeCloseTo(1, 5));
    expect((await store().get(TENANT, [long.document.id]))[0]!.document).toEqual(long.document);
  });

  it("counts passages beyond the first of each text, for each tenant", async () => {
    await store().upsert([longText("long", 7), longText("longer", 12), textDocument("short", { vector: vector() })]);
    await store().upsert([longText("elsewhere", 5, { tenant: "other" })]);
    const counts = ["default", "other", "nobody"].map((tenant) => store().countFurtherPassages(tenant));
    expect(await Promise.all(counts)).toEqual([6 + 11, 4, 0]);
  });

  it("holds passages to the filter of their document, and to its tenant", async () => {
    const given = { key: "a/1", metadata: { lang: "en", year: 2020 }, createdAt: new Date(5_000) };
    const [wanted, other] = [longText("wanted", 9, given), longText("other", 9, { metadata: { lang: "de" } })];
    await store().upsert([wanted, other]);
    const is = (key: string, value: string): Filter => ({ kind: "metadata", key, comparison: { op: "equals", value } });
    const filters: Filter[] = [
      is("lang", "en"),
      { kind: "not", filter: is("lang", "de") },
      { kind: "metadata", key: "year", comparison: { op: "greaterThan", value: 2019 } },
      { kind: "keyPrefix", prefix: "a/" },
      { kind: "id", in: [wanted.document.id] },
      { kind: "not", filter: { kind: "id", in: [other.document.id] } },
      { kind: "createdAt", from: null, before: new Date(6_000) },
      { kind: "all", filters: [{ kind: "modality", modality: "text" }, is("lang", "en")] },
    ];
    for (const filter of filters) {
      const [list] = await near(other.passages![8]!.vector, { filter });
      expect({ filter, found: list!.map(({ document }) => document.id) }).toEqual({
        filter,
        found: [wanted.document.id],
      });
      expect(list![0]!.passage).not.toBeNull();
    }
    const theirs = { tenant: "other", modality: "text", vectors: [vector()], limit: 5, filter: null } as const;
    expect(await store().neighbours(theirs)).toEqual([[]]);
  });

  it("counts, pages and deletes documents, not passages", async () => {
    const [long, other] = [longText("long", 30), longText("other", 30)];
    await store().upsert([long, other]);
    expect(await store().count(TENANT, null)).toBe(2);
    expect(await store().page({ tenant: TENANT, filter: null, afterId: null, limit: 10 })).toHaveLength(2);
    expect(await store().sample(TENANT, "text", 10)).toHaveLength(2);
    expect(await store().delete(TENANT, { kind: "id", in: [long.document.id] })).toBe(1);
    const [list] = await near(long.passages![12]!.vector);
    expect(list!.map(({ document }) => document.id)).toEqual([other.document.id]);
    expect(await store().passages([long.document])).toEqual([[]]);
    expect(
      await store().similarities({
        tenant: TENANT,
        modality: "text",
        vectors: [vector()],
        ids: [passageId(long.document, long.passages![0]!)],
      }),
    ).toEqual([[null]]);
  });

  it("forgets the passages of what was replaced under its key", async () => {
    const before = longText("before", 12, { key: "k" });
    const after = longText("after", 3, { key: "k" });
    const short = textDocument("short now", { key: "k", vector: vector() });
    await store().upsert([before]);
    await store().upsert([after]);
    const byOld = async () => (await near(before.passages![11]!.vector))[0]!;
    expect((await byOld())[0]!.passage!.end).toBeLessThanOrEqual(22 + 10);
    expect((await byOld())[0]!.document).toEqual(after.document);
    expect((await store().passages([after.document]))[0]).toHaveLength(3);
    await store().upsert([short]);
    expect(found(await byOld())).toEqual([[short.document.id, null]]);
    expect(await store().passages([after.document, before.document])).toEqual([[], []]);
  });

  it("starts over without any", async () => {
    const long = longText("long", 10);
    await store().upsert([long]);
    await store().clear();
    expect(await near(long.passages![5]!.vector)).toEqual([[]]);
    await store().upsert([longText("again", 10)]);
    expect(await near(vector())).toHaveLength(1);
  });

  it("filters by what the model saw only the beginning of", async () => {
    const whole = textDocument("whole", { vector: vector() });
    const { document } = textDocument("cut off", { vector: vector() });
    const cut = { document: { ...document, truncated: true } as typeof document, vector: vector() };
    await store().upsert([whole, cut]);
    expect(await store().count(TENANT, { kind: "truncated" })).toBe(1);
    const rest = { kind: "not", filter: { kind: "truncated" } } as const;
    expect((await store().page({ tenant: TENANT, filter: rest, afterId: null, limit: 5 })).map(({ id }) => id)).toEqual(
      [whole.document.id],
    );
  });
}
