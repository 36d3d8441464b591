import { DocumentsDocument, type QueryPart } from "../../generated/operations";
import type { Hit, SearchStage } from "../../support/search-stage";

const text = (words: string, weight = 1): QueryPart => ({ content: { text: words }, weight });
const keys = (hits: readonly Hit[]) => hits.map(({ document }) => document.key);

/** What composed queries promise, of the shared collection. */
export function composedQueries(stage: SearchStage): void {
  const idOf = async (key: string) => {
    const { data } = await stage.server.ask(DocumentsDocument, { where: { key: { in: [key] } }, first: 1 });
    return data.documents.nodes[0]!.id;
  };
  const picture = async (drawing: string, weight = 1): Promise<QueryPart> => ({
    content: { image: { base64: await stage.base64(drawing) } },
    weight,
  });
  const pictures = async (...parts: QueryPart[]) =>
    keys(await stage.hits({ parts, modalities: ["IMAGE"] }, stage.drawings.length));
  const place = (all: readonly (string | null)[], key: string) => all.indexOf(key);

  it("finds what answers two texts at once", async () => {
    const found = await pictures(text("a cat"), text("something green"));
    expect(found.slice(0, 3)).toContain("green-cat-noto");
    expect(place(found, "green-cat-noto")).toBeLessThan(place(found, "red-cat-noto"));
    expect(place(found, "green-cat-noto")).toBeLessThan(place(found, "green-car-noto"));
  });

  it("finds what is like a picture, but blue, above the picture itself", async () => {
    for (const thing of ["cat", "dog", "car", "bird"]) {
      const alone = await pictures(await picture(`red-${thing}-noto`));
      expect(alone[0]).toBe(`red-${thing}-noto`);
      const found = await pictures(await picture(`red-${thing}-noto`), text(`a blue ${thing}`));
      expect(place(found, `blue-${thing}-noto`)).toBeLessThan(place(found, `red-${thing}-noto`));
      expect(place(found, `blue-${thing}-noto`)).toBeLessThan(3);
    }
  });

  it("pushes away what a negative weight names", async () => {
    const cats = await pictures(text("a cat"));
    const notRed = await pictures(text("a cat"), text("red", -0.5));
    expect(place(notRed, "red-cat-noto")).toBeGreaterThan(place(cats, "red-cat-noto"));
    expect(notRed.slice(0, 5).some((key) => key!.endsWith("cat-noto"))).toBe(true);
  });

  it("leans to the heavier part", async () => {
    const [cats, dogs] = [
      await pictures(text("a cat", 3), text("a dog", 1)),
      await pictures(text("a cat", 1), text("a dog", 3)),
    ];
    const count = (all: readonly (string | null)[], thing: string) =>
      all.slice(0, 6).filter((key) => key!.includes(thing)).length;
    expect(count(cats, "cat")).toBeGreaterThan(count(dogs, "cat"));
    expect(count(dogs, "dog")).toBeGreaterThan(count(cats, "dog"));
  });

  it("finds what is like stored documents, and not these", async () => {
    const red = { content: { documentId: await idOf("red-cat-noto") } };
    const all = await stage.hits({ parts: [red] }, 200);
    expect(keys(all)).not.toContain("red-cat-noto");
    const stored = await stage.server.ask(DocumentsDocument, { where: null, first: 300 });
    expect(all).toHaveLength(stored.data.documents.nodes.length - 1);
    expect(keys(all).slice(0, 8).join()).toMatch(/cat/);

    const sentence = { content: { documentId: await idOf("text 0") } };
    const both = keys(await stage.hits({ parts: [red, sentence] }, 200));
    expect(both).not.toContain("red-cat-noto");
    expect(both).not.toContain("text 0");
    expect(both.slice(0, 5)).toContain("blue-cat-noto");
  });

  it("takes a picture and a stored document together, and a stored picture as an image", async () => {
    const [yellow, id] = [await picture("yellow-cat-noto"), await idOf("blue-cat-noto")];
    for (const content of [{ documentId: id }, { image: { documentId: id } }]) {
      const found = await pictures(yellow, { content });
      expect(found).not.toContain("blue-cat-noto");
      expect(found.slice(0, 2)).toContain("yellow-cat-noto");
    }
  });

  it("takes sixteen parts, however small or large their weights are", async () => {
    const sixteen = Array.from({ length: 16 }, (_, i) => text(`a cat, number ${i}`, i % 2 ? 100 : 1e-9));
    const hits = await stage.hits({ parts: sixteen });
    expect(hits).toHaveLength(10);
    const small = await stage.hits({ parts: [text("a cat", 1e-300), text("red", 1e-300)] });
    expect(keys(small)).toEqual(keys(await stage.hits({ parts: [text("a cat"), text("red")] })));
  });

  it("refuses what is no composed query, and says what is wrong", async () => {
    const cat = { text: "a cat" };
    const wrong: [parts: object[], code: string, message: RegExp][] = [
      [[], "BAD_USER_INPUT", /0 parts; it must have 1 to 16/],
      [Array.from({ length: 17 }, () => ({ content: cat })), "BAD_USER_INPUT", /17 parts; it must have 1 to 16/],
      [[{ content: cat, weight: 0 }], "BAD_USER_INPUT", /weighs 0; weights are from -100 to 100, but not 0/],
      [[{ content: cat, weight: 1e9 }], "BAD_USER_INPUT", /weighs 1000000000/],
      [[{ content: cat, weight: "NaN" }], "BAD_USER_INPUT", /Float cannot represent/],
      [[{ content: cat, weight: -1 }], "BAD_USER_INPUT", /Every part has a weight below 0/],
      [[text("a cat"), text("a cat", -1)], "BAD_USER_INPUT", /cancel each other/],
      [[{ content: { ...cat, documentId: "0".repeat(40) } }], "BAD_USER_INPUT", /exactly one/i],
      [[{ content: {} }], "BAD_USER_INPUT", /exactly one/i],
      [[{ content: { text: " " } }], "INVALID_TEXT", /query is empty/],
      [[{ content: { documentId: "0".repeat(40) } }], "DOCUMENT_NOT_FOUND", /No document has the id/],
      [[{ content: { documentId: 'x" or 1==1' } }], "DOCUMENT_NOT_FOUND", /No document has the id/],
      [[text("a cat"), { content: { image: { base64: "bm8gcGljdHVyZQ==" } } }], "UNSUPPORTED_MEDIA_TYPE", /JPEG/],
    ];
    for (const [parts, code, message] of wrong)
      expect(await stage.errorOf({ parts })).toEqual({ code, message: expect.stringMatching(message) });
  });

  it("takes a weight of null as the weight of a part that names none", async () => {
    const [none, named] = [
      await stage.hits({ parts: [{ content: { text: "a cat" }, weight: null }] as never }),
      await stage.hits({ parts: [text("a cat", 1)] }),
    ];
    expect(none.map(({ score }) => score)).toEqual(named.map(({ score }) => expect.closeTo(score, 5)));
  });

  it("refuses weights that JSON cannot hold, written into the query itself", async () => {
    for (const weight of ["1e999", "-1e999", "NaN"]) {
      const query = `{ search(input: { parts: [{ content: { text: "a cat" }, weight: ${weight} }] }) { nodes { __typename } } }`;
      expect((await stage.server.ask(query)).errors).toHaveLength(1);
    }
  });
}
