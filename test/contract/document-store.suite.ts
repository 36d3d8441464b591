import type { EmbeddedDocument, ImageDocument, Metadata } from "../../src/documents/document";
import type { Collections } from "../../src/ports/collections";
import type { DocumentStore } from "../../src/ports/document-store";
import { matches, type Filter } from "../../src/documents/filter";
import type { DocumentField } from "../../src/documents/sparse-document";
import { dot } from "../../src/documents/vector";
import { keywordContract, noKeywordContract, wholeWordContract } from "./document-store-keywords.suite";
import { passageContract } from "./document-store-passages.suite";
import { imageDocument, randomNumbers, randomVector, testFingerprint, textDocument } from "../support/documents";

const TENANT = "default";
const idsOf = (documents: readonly ({ readonly document: { readonly id: string } } | null)[]) =>
  documents.map((one) => one?.document.id ?? null);

const withSource = ({ document, vector }: EmbeddedDocument): EmbeddedDocument => ({
  document: { ...document, sourceUrl: "https://example.org/cat.png" } as ImageDocument,
  vector,
});

/** What every DocumentStore promises; `open` is called once, `close` at the end. */
export function documentStoreContract(open: () => Promise<Collections>, { keywords = true } = {}): void {
  const random = randomNumbers(7);
  const vector = () => randomVector(random);
  let collections: Collections;
  let store: DocumentStore;

  beforeAll(async () => {
    collections = await open();
    store = await collections.open(testFingerprint("documents"));
  }, 120_000);
  beforeEach(() => store.clear());
  afterAll(() => collections.close());

  it("gives back what it took, every field of it", async () => {
    const metadata: Metadata = {
      id: "mine",
      vector: [1, 2],
      $meta: null,
      nested: { ключ: ['"', "\\", "\n", "🐈"] },
      half: 0.5,
    };
    const text = textDocument('A "quoted" back\\slash\nand a new line 🐈 \u2028', {
      key: "a/b",
      metadata,
      vector: vector(),
    });
    const image = imageDocument("cat", { caption: "a cat", metadata: {}, vector: vector() });
    await store.upsert([text, image]);
    const [gotText, gotImage, missing] = await store.get(TENANT, [text.document.id, image.document.id, "0".repeat(40)]);
    expect(gotText!.document).toEqual(text.document);
    expect(gotImage!.document).toEqual(image.document);
    expect(missing).toBeNull();
    expect(dot(gotText!.vector, text.vector)).toBeCloseTo(1, 5);
  });

  it("replaces a document of the same id, its metadata included", async () => {
    const before = textDocument("before", { key: "k", metadata: { old: 1 }, vector: vector() });
    const after = textDocument("after", { key: "k", metadata: { new: 2 }, vector: vector() });
    await store.upsert([before]);
    await store.upsert([after]);
    expect((await store.get(TENANT, [before.document.id]))[0]!.document).toEqual(after.document);
    expect(await store.count(TENANT, null)).toBe(1);
  });

  it("returns the nearest of one modality first, for each vector in order", async () => {
    const texts = Array.from({ length: 30 }, (_, i) => textDocument(`text ${i}`, { vector: vector() }));
    const images = Array.from({ length: 30 }, (_, i) => imageDocument(`image ${i}`, { vector: vector() }));
    await store.upsert([...texts, ...images]);
    const queries = [vector(), vector(), vector()];
    const lists = await store.neighbours({
      tenant: TENANT,
      modality: "image",
      vectors: queries,
      limit: 5,
      filter: null,
    });
    const expected = queries.map((query) =>
      [...images].sort((a, b) => dot(query, b.vector) - dot(query, a.vector)).slice(0, 5),
    );
    expect(lists.map(idsOf)).toEqual(expected.map(idsOf));
    const cosines = expected.map((list, i) => list.map((one) => expect.closeTo(dot(queries[i]!, one.vector), 5)));
    expect(lists.map((list) => list.map(({ similarity }) => similarity))).toEqual(cosines);
  });

  const given = { key: "k", metadata: { shelf: 3 } };
  it.each([
    ["text", textDocument("a cat", { ...given, vector: vector() })],
    ["image", withSource(imageDocument("cat", { ...given, caption: "a cat", vector: vector() }))],
  ] as const)("finds of a %s at least what is wanted of it", async (modality, one) => {
    await store.upsert([one]);
    const near = { tenant: TENANT, modality, vectors: [one.vector], limit: 1, filter: null };
    const { id, contentHash, ...fields } = one.document;
    const always = { id, contentHash, tenant: TENANT, modality };
    for (const [name, value] of Object.entries(fields)) {
      const found = await store.neighbours({ ...near, fields: [name as DocumentField] });
      expect(found[0]![0]!.document).toMatchObject({ ...always, [name]: value });
    }
    expect((await store.neighbours({ ...near, fields: [] }))[0]![0]!.document).toMatchObject(always);
    expect((await store.neighbours(near))[0]![0]!.document).toEqual(one.document);
  });

  it("tells the cosines of vectors with documents of a modality, and null for what is none", async () => {
    const texts = Array.from({ length: 30 }, (_, i) => textDocument(`text ${i}`, { vector: vector() }));
    const image = imageDocument("image", { vector: vector() });
    await store.upsert([...texts, image]);
    const vectors = [vector(), vector()];
    const ids = [...texts.map(({ document }) => document.id), image.document.id, "0".repeat(40)];
    const told = await store.similarities({ tenant: TENANT, modality: "text", vectors, ids });
    const expected = vectors.map((one) => [
      ...texts.map((text) => expect.closeTo(dot(one, text.vector), 5)),
      null,
      null,
    ]);
    expect(told).toEqual(expected);
    expect(await store.similarities({ tenant: "other", modality: "text", vectors, ids: ids.slice(0, 1) })).toEqual([
      [null],
      [null],
    ]);
  });

  it("has a document once that became one of another modality under its key", async () => {
    const text = textDocument("a cat", { key: "k", vector: vector() });
    const image = imageDocument("cat", { key: "k", vector: vector() });
    expect(image.document.id).toBe(text.document.id);
    const found = async (modality: "text" | "image") =>
      (await store.neighbours({ tenant: TENANT, modality, vectors: [vector()], limit: 3, filter: null }))[0]!.length;
    for (const [one, counts] of [
      [text, [1, 0]],
      [image, [0, 1]],
      [text, [1, 0]],
    ] as const) {
      await store.upsert([one]);
      expect((await store.get(TENANT, [text.document.id]))[0]!.document).toEqual(one.document);
      expect((await store.read(TENANT, [text.document.id]))[0]).toEqual(one.document);
      expect(await store.count(TENANT, null)).toBe(1);
      expect([await found("text"), await found("image")]).toEqual(counts);
    }
    expect(await store.delete(TENANT, { kind: "id", in: [text.document.id] })).toBe(1);
    expect([await found("text"), await found("image"), await store.count(TENANT, null)]).toEqual([0, 0, 0]);
  });

  it("answers a search that finds nothing with an empty list for each vector", async () => {
    const nothing = { tenant: TENANT, modality: "text", limit: 3, filter: null } as const;
    expect(await store.neighbours({ ...nothing, vectors: [vector()] })).toEqual([[]]);
    expect(await store.neighbours({ ...nothing, vectors: [vector(), vector()] })).toEqual([[], []]);
    await store.upsert([textDocument("one", { vector: vector() })]);
    expect((await store.neighbours({ ...nothing, vectors: [vector(), vector()] })).map((list) => list.length)).toEqual([
      1, 1,
    ]);
  });

  it("keeps tenants apart", async () => {
    const mine = textDocument("shared words", { vector: vector() });
    const theirs = textDocument("shared words", { tenant: "other", vector: vector() });
    await store.upsert([mine, theirs]);
    expect(await store.count("other", null)).toBe(1);
    expect(await store.get("other", [mine.document.id])).toEqual([null]);
    const near = { modality: "text", vectors: [mine.vector], filter: null } as const;
    for (const limit of [1, 5]) {
      expect((await store.neighbours({ ...near, tenant: "other", limit })).map(idsOf)).toEqual([[theirs.document.id]]);
      expect((await store.neighbours({ ...near, tenant: TENANT, limit })).map(idsOf)).toEqual([[mine.document.id]]);
    }
    expect(await store.delete("other", { kind: "id", in: [mine.document.id] })).toBe(0);
    expect(await store.count(TENANT, null)).toBe(1);
  });

  it("finds a document by its content", async () => {
    const one = textDocument("one", { key: "first", vector: vector() });
    await store.upsert([one, textDocument("two", { vector: vector() })]);
    const found = await store.findByContent(TENANT, [one.document.contentHash, "f".repeat(64)]);
    expect(idsOf(found)).toEqual([one.document.id, null]);
  });

  it("pages through everything once, in the order of ids, while others come and go", async () => {
    const all = Array.from({ length: 500 }, (_, i) => textDocument(`page ${i}`, { vector: vector() }));
    await store.upsert(all);
    const seen: string[] = [];
    for (let round = 0; ; round++) {
      const page = await store.page({ tenant: TENANT, filter: null, afterId: seen.at(-1) ?? null, limit: 70 });
      seen.push(...page.map(({ id }) => id));
      if (page.length < 70) break;
      await store.upsert([textDocument(`newcomer ${round}`, { vector: vector() })]);
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toEqual(expect.arrayContaining(all.map(({ document }) => document.id)));
  });

  it("finds, reads and pages the longest texts as it does short ones", async () => {
    const long = "a long text says the same again ".repeat(2_000);
    const texts = Array.from({ length: 80 }, (_, i) => textDocument(`${i} ${long}`, { vector: vector() }));
    await store.upsert(texts);
    const [query, other] = [vector(), vector()];
    const vectors = [query, other];
    // The first answer tells the store how long they are.
    for (const limit of [5, 60]) {
      const lists = await store.neighbours({ tenant: TENANT, modality: "text", vectors, limit, filter: null });
      lists.forEach((list, i) => {
        const expected = texts.toSorted((a, b) => dot(b.vector, vectors[i]!) - dot(a.vector, vectors[i]!));
        expect(idsOf(list)).toEqual(idsOf(expected.slice(0, limit)));
      });
      expect(lists[0]![0]!.document).toEqual(
        texts.find(({ document }) => document.id === lists[0]![0]!.document.id)!.document,
      );
    }
    const ids = texts.map(({ document }) => document.id);
    expect(await store.read(TENANT, ids)).toEqual(texts.map(({ document }) => document));
    const page = await store.page({ tenant: TENANT, filter: null, afterId: null, limit: 75 });
    expect(page.map(({ id }) => id)).toEqual(ids.toSorted().slice(0, 75));
  });

  describe("filters mean the same everywhere", () => {
    const METADATA: Metadata[] = [
      {},
      { n: 1 },
      { n: 2.5 },
      { n: "1" },
      { n: true },
      { n: [1, "red", true] },
      { n: null },
      { n: { deep: 1 } },
      { s: "red" },
      { s: 'qu"ote' },
      { s: "back\\slash" },
      { s: "new\nline" },
      { s: "bell\b\u0001" },
      { s: "100%_" },
      { s: "кот 🐈" },
      { s: "" },
      { 'odd key"]': 1 },
      { id: "x", vector: "y", $meta: "z" },
    ];
    const of = (key: string, comparison: Extract<Filter, { kind: "metadata" }>["comparison"]): Filter => ({
      kind: "metadata",
      key,
      comparison,
    });
    const FILTERS: Filter[] = [
      ...[1, 2.5, "1", true, false, "red"].map((value) => of("n", { op: "equals", value })),
      ...["red", 'qu"ote', "back\\slash", "new\nline", "bell\b\u0001", "100%_", "кот 🐈", ""].map((value) =>
        of("s", { op: "equals", value }),
      ),
      of("n", { op: "in", values: [1, "1"] }),
      of("n", { op: "in", values: [] }),
      of('odd key"]', { op: "equals", value: 1 }),
      of("n", { op: "greaterThan", value: 1 }),
      of("n", { op: "lessThan", value: 2.5 }),
      of("s", { op: "greaterThan", value: "r" }),
      of("s", { op: "startsWith", value: "100%" }),
      of("s", { op: "startsWith", value: "кот" }),
      of("s", { op: "startsWith", value: "" }),
      of("n", { op: "contains", value: "red" }),
      of("n", { op: "contains", value: 1 }),
      of("n", { op: "exists", value: true }),
      of("n", { op: "exists", value: false }),
      of("$meta", { op: "equals", value: "z" }),
      of("vector", { op: "startsWith", value: "y" }),
      { kind: "modality", modality: "image" },
      { kind: "key", in: ["key 3", 'it\'s "5"'] },
      { kind: "keyPrefix", prefix: "key 1" },
      { kind: "keyPrefix", prefix: "" },
      { kind: "createdAt", from: new Date(5_000), before: new Date(9_000) },
      { kind: "createdAt", from: null, before: null },
      { kind: "all", filters: [] },
      { kind: "any", filters: [] },
      { kind: "id", in: [] },
    ];
    const documents = METADATA.map((metadata, i) => {
      const given = {
        key: i % 3 === 0 ? (i === 15 ? 'it\'s "5"' : `key ${i}`) : null,
        metadata,
        createdAt: new Date(i * 1_000),
        vector: randomVector(random),
      };
      return i % 2 === 0 ? textDocument(`t${i}`, given) : imageDocument(`i${i}`, given);
    });
    beforeEach(() => store.upsert(documents));

    const combined = FILTERS.flatMap((filter, i): Filter[] => [
      filter,
      { kind: "not", filter },
      { kind: "any", filters: [filter, FILTERS[(i + 7) % FILTERS.length]!] },
      { kind: "all", filters: [{ kind: "not", filter }, FILTERS[(i + 3) % FILTERS.length]!] },
    ]);

    it("as their meaning in memory says", async () => {
      for (const filter of combined) {
        const expected = documents
          .filter(({ document }) => matches(filter, document))
          .map(({ document }) => document.id);
        const page = await store.page({ tenant: TENANT, filter, afterId: null, limit: 100 });
        expect({ filter, found: page.map(({ id }) => id) }).toEqual({ filter, found: expected.sort() });
      }
    });

    it("in searches and deletions too", async () => {
      const filter = of("n", { op: "exists", value: true });
      const wanted = documents.filter(({ document }) => matches(filter, document));
      const found = await store.neighbours({
        tenant: TENANT,
        modality: "text",
        vectors: [documents[0]!.vector],
        limit: 50,
        filter,
      });
      expect(idsOf(found[0]!).sort()).toEqual(
        idsOf(wanted.filter(({ document }) => document.modality === "text")).sort(),
      );
      expect(await store.delete(TENANT, filter)).toBe(wanted.length);
      expect(await store.count(TENANT, null)).toBe(documents.length - wanted.length);
    });
  });

  it("loses nothing to writers at the same time", async () => {
    await Promise.all(
      Array.from({ length: 16 }, (_, writer) =>
        store.upsert(Array.from({ length: 20 }, (_, i) => textDocument(`w${writer} ${i}`, { vector: vector() }))),
      ),
    );
    expect(await store.count(TENANT, { kind: "modality", modality: "text" })).toBe(320);
  });

  it("samples the lowest ids of one modality, and so the same ones each time", async () => {
    const documents = Array.from({ length: 200 }, (_, i) => textDocument(`s${i}`, { vector: vector() }));
    await store.upsert([...documents, textDocument("another's", { tenant: "other", vector: vector() })]);
    const lowest = documents.toSorted((a, b) => (a.document.id < b.document.id ? -1 : 1)).slice(0, 50);
    const some = await store.sample(TENANT, "text", 50);
    expect(some.map(({ id }) => id)).toEqual(lowest.map(({ document }) => document.id));
    some.forEach((one, i) => expect(dot(one.vector, lowest[i]!.vector)).toBeCloseTo(1, 5));
    await store.upsert(documents.toReversed());
    expect(await store.sample(TENANT, "text", 50)).toEqual(some);
    expect(await store.sample(TENANT, "text", 1_000)).toHaveLength(200);
    expect(await store.sample(TENANT, "image", 50)).toEqual([]);
  });

  it("keeps one collection per fingerprint and one of them active", async () => {
    const [first, second] = [testFingerprint("first"), testFingerprint("second", 16)];
    const opened = await collections.open(first);
    await collections.open(second);
    await collections.activate(first);
    await collections.activate(second);
    await collections.activate(second);
    const active = (await collections.list()).filter((one) => one.active);
    expect(active.map(({ fingerprint }) => fingerprint)).toEqual([second]);
    await opened.upsert([textDocument("kept", { vector: vector() })]);
    expect(await (await collections.open(first)).count(TENANT, null)).toBe(1);
    await collections.drop(first);
    await collections.drop(second);
    expect((await collections.list()).filter((one) => one.active)).toEqual([]);
  });

  describe("passages of long texts", () => passageContract(() => store));

  describe("search by keyword", () => {
    if (!keywords) return noKeywordContract(() => store);
    keywordContract(() => store);
    wholeWordContract(() => store);
  });

  it("answers a ping", () => store.ping());
}
