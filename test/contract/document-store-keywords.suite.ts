import type { EmbeddedDocument } from "../../src/documents/document";
import type { DocumentStore, KeywordQuery } from "../../src/ports/document-store";
import { imageDocument, randomNumbers, randomVector, textDocument } from "../support/documents";

const TENANT = "default";

/** What search by keyword promises, of an emptied store that has it. */
export function keywordContract(store: () => DocumentStore): void {
  const random = randomNumbers(11);
  const text = (words: string, given: object = {}) => textDocument(words, { vector: randomVector(random), ...given });
  const picture = (name: string, caption: string | null) =>
    imageDocument(name, { caption, vector: randomVector(random) });
  const search = async (words: string, more: Partial<KeywordQuery> = {}) =>
    (await store().keywordMatches({ tenant: TENANT, words, limit: 10, filter: null, ...more })).map(
      ({ document }) => document,
    );
  const documentsOf = (some: readonly EmbeddedDocument[]) => some.map(({ document }) => document);
  /** Something to tell rare words from common ones by. */
  const fill = () => store().upsert(Array.from({ length: 40 }, (_, i) => text(`the common report number ${i}`)));

  it("says that it can", () => expect(store().noKeywords).toBeNull());

  it("gives back the documents and scores that fall", async () => {
    const [one, two] = [text("a heron by the river", { metadata: { n: 1 } }), picture("heron", "heron")];
    await store().upsert([one, two, text("nothing of the kind")]);
    const found = await store().keywordMatches({ tenant: TENANT, words: "heron", limit: 10, filter: null });
    expect(found.map(({ document }) => document)).toEqual(documentsOf([two, one]));
    expect(found[0]!.keywordScore).toBeGreaterThan(found[1]!.keywordScore);
    expect(found[1]!.keywordScore).toBeGreaterThan(0);
  });

  it("prefers a rare word to a common one, more of the words to fewer, a short text to a long one", async () => {
    await fill();
    const rare = text("the walrus page number one");
    await store().upsert([rare]);
    expect((await search("common walrus"))[0]).toEqual(rare.document);
    const both = text("an ocelot and a lynx");
    const [short, long] = [text("an ocelot sleeps here"), text(`an ocelot ${"sleeps and eats and hides ".repeat(9)}`)];
    await store().upsert([long, short, both]);
    expect(await search("lynx ocelot")).toEqual(documentsOf([both, short, long]));
  });

  it("does not care for case, punctuation or script", async () => {
    const [one, two] = [text("The Würzburg Residence!"), text("рыжий кот, дома")];
    await store().upsert([one, two]);
    expect(await search("(WÜRZBURG)?")).toEqual([one.document]);
    expect(await search("КОТ")).toEqual([two.document]);
  });

  it("finds pictures by their captions, and never those without", async () => {
    const [captioned, bare] = [picture("one", "a lighthouse at dusk"), picture("two", null)];
    await store().upsert([captioned, bare, text("a harbour")]);
    expect(await search("lighthouse harbour dusk a")).toHaveLength(2);
    expect(await search("lighthouse")).toEqual([captioned.document]);
    expect(await search("a", { filter: { kind: "modality", modality: "image" } })).toEqual([captioned.document]);
  });

  it("keeps to the tenant, the filter and the limit", async () => {
    await store().upsert([
      text("a badger", { tenant: "other" }),
      ...Array.from({ length: 6 }, (_, i) => text(`badger ${i}`, { key: `k${i}`, metadata: { n: i } })),
    ]);
    expect(await search("badger", { tenant: "other" })).toHaveLength(1);
    expect(await search("badger", { tenant: "none" })).toEqual([]);
    expect(await search("badger")).toHaveLength(6);
    expect(await search("badger", { limit: 4 })).toHaveLength(4);
    const found = await search("badger", { filter: { kind: "key", in: ["k2", "k4", "k9"] } });
    expect(found.map(({ key }) => key).sort()).toEqual(["k2", "k4"]);
  });

  it("finds a replaced document by its new words only, and a deleted one not at all", async () => {
    await fill();
    const after = text("an otter", { key: "k" });
    await store().upsert([text("a beaver", { key: "k" })]);
    await store().upsert([after]);
    expect(await search("beaver")).toEqual([]);
    expect(await search("otter")).toEqual([after.document]);
    const bare = imageDocument("o", { key: "p", caption: "an otter", vector: randomVector(random) });
    await store().upsert([bare]);
    await store().upsert([{ ...bare, document: { ...bare.document, caption: null } as typeof bare.document }]);
    expect(await search("otter")).toEqual([after.document]);
    await store().delete(TENANT, { kind: "key", in: ["k"] });
    expect(await search("otter")).toEqual([]);
  });

  it("finds nothing where there are no words", async () => {
    await store().upsert([text("something"), text("!!!"), picture("bare", null)]);
    for (const words of ["", " ", "\n\t", "?!… — ()", "\ud800", "\u0000"]) expect(await search(words)).toEqual([]);
    expect(await search("unheardof")).toEqual([]);
  });

  it("takes every string as words and nothing else", async () => {
    const one = text("a gecko on the wall");
    await store().upsert([one, text("a wall")]);
    const hostile = [
      `gecko" or tenant != "`,
      "gecko') or 1 == 1 --",
      "gecko\u0000\u0001\u001b[2J\r\n\u2028",
      'gecko\\"\\',
      "gecko \ud800 \udfff \u{10ffff}",
      `gecko ${"x".repeat(60_000)}`,
      `gecko ${Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(" ")}`,
      "gecko & | ! * ? ~2 ^9 [a TO z] {tenant}",
    ];
    for (const words of hostile) expect(await search(words, { limit: 1 })).toEqual([one.document]);
  });
}

/** What search by keyword promises of words in every script, where the store splits texts into words by our rule. */
export function wholeWordContract(store: () => DocumentStore): void {
  const random = randomNumbers(12);
  const text = (words: string) => textDocument(words, { vector: randomVector(random) });
  const found = async (words: string) =>
    (await store().keywordMatches({ tenant: TENANT, words, limit: 10, filter: null })).map(({ document }) => document);

  it("keeps words whole that have combining marks", async () => {
    const [hindi, thai, vietnamese] = [
      text("हिन्दी की किताब"),
      text("นกกระจอก กำลังบิน"),
      text("Tiếng Việt".normalize("NFD")),
    ];
    await store().upsert([hindi, thai, vietnamese]);
    expect(await found("हिन्दी")).toEqual([hindi.document]);
    expect(await found("น्दी न द")).toEqual([]);
    expect(await found("กำลังบิน")).toEqual([thai.document]);
    expect(await found("กำล ล")).toEqual([]);
    expect(await found("tiếng")).toEqual([vietnamese.document]);
    expect(await found("Vi")).toEqual([]);
  });

  it("takes an accented letter for the same, as one character and as two", async () => {
    const [composed, decomposed] = [text("Café Zürich".normalize("NFC")), text("le café noir".normalize("NFD"))];
    await store().upsert([composed, decomposed]);
    for (const form of ["NFC", "NFD"]) {
      expect(await found("CAFÉ".normalize(form))).toHaveLength(2);
      expect(await found("zürich".normalize(form))).toEqual([composed.document]);
    }
  });

  it("passes over what shows nothing within a word", async () => {
    const one = text("a zep\u00adpe\u200dlin");
    await store().upsert([one]);
    expect(await found("zeppelin")).toEqual([one.document]);
    expect(await found("zeppe\u200clin")).toEqual([one.document]);
  });
}

/** What a store promises that has no search by keyword. */
export function noKeywordContract(store: () => DocumentStore): void {
  it("says why it cannot and what to do, whatever is looked for", async () => {
    expect(store().noKeywords).toMatch(/needs Milvus 2\.5 or later, Milvus Lite or Zilliz Cloud/);
    for (const words of ["word", "", "?"]) {
      const asked = store().keywordMatches({ tenant: TENANT, words, limit: 1, filter: null });
      await expect(asked).rejects.toMatchObject({ code: "KEYWORDS_UNSUPPORTED", message: store().noKeywords });
    }
  });
}
