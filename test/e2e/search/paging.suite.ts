import { DeleteDocumentsDocument, DocumentsDocument, type SearchInput } from "../../generated/operations";
import type { Hit, SearchStage } from "../../support/search-stage";

const FIRST = 7;
const PLAIN = { parts: [{ content: { text: "a red cat" } }] } satisfies SearchInput;
const WALKS: readonly (readonly [name: string, input: SearchInput])[] = [
  ["CALIBRATED", PLAIN],
  ["RRF", { ...PLAIN, ranking: "RRF" }],
  ["INTERLEAVED", { ...PLAIN, ranking: "INTERLEAVED" }],
  ["COSINE", { ...PLAIN, ranking: "COSINE" }],
  ["a composed query", { parts: [...PLAIN.parts, { content: { text: "a bird" }, weight: -0.5 }] }],
  ["diversity", { ...PLAIN, diversity: 0.4 }],
  ["groups", { ...PLAIN, groupBy: { metadataKey: "shelf", size: 2 } }],
  ["diverse groups", { ...PLAIN, diversity: 0.4, groupBy: { metadataKey: "shelf", size: 2 } }],
];
const WITH_KEYWORDS: typeof WALKS = [
  ["CALIBRATED with keywords", { ...PLAIN, keywords: "red zeppelins" }],
  ["RRF with keywords", { ...PLAIN, ranking: "RRF", keywords: "red zeppelins" }],
];

/** One whose cursor stands for a score, one that is fused, one that leaves hits out. */
const SOME: readonly string[] = ["CALIBRATED", "RRF", "groups"];

/** A ranking that is paged to its end. */
interface Walk {
  readonly input: SearchInput;
  readonly pages: { readonly hits: readonly Hit[]; readonly hasNextPage: boolean; readonly endCursor: string | null }[];
}

/** What paging promises while documents come and go, of the shared collection; leaves it as it was. */
export function paging(stage: SearchStage, which: "every way" | "some ways"): void {
  const names = which === "every way" ? [...WALKS, ...WITH_KEYWORDS] : WALKS.filter(([name]) => SOME.includes(name));
  const walks = new Map<string, Walk>(names.map(([name, input]) => [name, { input, pages: [] }]));
  let there: readonly string[];

  const step = async ({ input, pages }: Walk) => {
    const last = pages.at(-1);
    if (last && !last.hasNextPage) return;
    const page = await stage.search(input, { first: FIRST, after: last?.endCursor ?? null });
    pages.push({ hits: page.nodes, ...page.pageInfo });
  };
  const isOver = ({ pages }: Walk) => pages.at(-1)?.hasNextPage === false;

  /** Adds a document that answers the query or one that does not, and deletes others of both kinds. */
  const change = async (time: number) => {
    const text = time % 2 ? `A red cat that comes ${time}` : `Quarterly report ${time}`;
    await stage.addTexts([{ key: `comes ${time}`, text, metadata: { shelf: time % 5 } }]);
    const keys = [`goes ${2 * time}`, `goes ${2 * time + 1}`, `comes ${time - 2}`];
    await stage.server.ask(DeleteDocumentsDocument, { input: { keys } });
  };

  beforeAll(async () => {
    const { data } = await stage.server.ask(DocumentsDocument, { where: null, first: 1_000 });
    there = data.documents.nodes.map(({ id }) => id);
    await stage.addTexts(
      Array.from({ length: 14 }, (_, i) => ({ key: `goes ${i}`, text: `A red cat that goes ${i}` })),
    );
    for (let round = 0; ![...walks.values()].every(isOver); round++) {
      await Promise.all([...walks.values()].map(step));
      if (round % 2 === 0) await change(round / 2);
      if (round > 60) throw new Error("It does not end");
    }
    for (const startsWith of ["goes ", "comes "])
      await stage.server.ask(DeleteDocumentsDocument, { input: { where: { key: { startsWith } } } });
  }, 180_000);

  describe.each(names.map(([name]) => name))("%s", (name) => {
    const { input, pages } = walks.get(name)!;
    const hits = () => pages.flatMap((page) => page.hits);

    it("repeats nothing", () => {
      const ids = hits().map(({ document }) => document.id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it("skips nothing that is there all the time", () => {
      const shown = new Set(hits().map(({ document }) => document.id));
      if (!input.groupBy) return expect(there.filter((id) => !shown.has(id))).toEqual([]);
      const shelves = new Map<unknown, number>();
      for (const { group } of hits()) shelves.set(group, (shelves.get(group) ?? 0) + 1);
      for (const shelf of [0, 1, 2, 3, 4]) expect(shelves.get(shelf)).toBe(2);
    });

    it("counts ranks on, and says truly whether there is more", () => {
      expect(hits().map(({ rank }) => rank)).toEqual(hits().map((_, i) => i + 1));
      for (const page of pages.slice(0, -1)) expect(page.hits).toHaveLength(FIRST);
      expect(pages.at(-1)!.hits.length).toBeGreaterThan(0);
    });

    it("ends in an empty page", async () => {
      const page = await stage.search(input, { first: FIRST, after: pages.at(-1)!.endCursor });
      expect([page.nodes, page.pageInfo.hasNextPage]).toEqual([[], false]);
    });
  });

  it("gives from 1 to 1,000 hits a page", async () => {
    for (const first of [0, -1, 1_001]) {
      const error = await stage.errorOf(PLAIN, { first });
      expect(error).toEqual({ code: "BAD_USER_INPUT", message: expect.stringMatching(/from 1 to 1000/) });
    }
    const page = await stage.search(PLAIN, { first: 1_000 });
    expect([page.nodes.length, page.pageInfo.hasNextPage]).toEqual([there.length, false]);
  });

  it("refuses a cursor of another query, a changed one and garbage", async () => {
    const cursor = (await stage.search(PLAIN)).pageInfo.endCursor!;
    const changed = Buffer.from(Buffer.from(cursor, "base64url").toString().replace(",10,", ",3,")).toString(
      "base64url",
    );
    for (const after of ["", "garbage", cursor.slice(1), cursor.slice(0, -4), changed, "\ud800"])
      expect(await stage.errorOf(PLAIN, { after })).toMatchObject({ code: "INVALID_CURSOR" });
    for (const [name, input] of WALKS.slice(1))
      expect([name, await stage.errorOf(input, { after: cursor })]).toMatchObject([name, { code: "INVALID_CURSOR" }]);
  });
}
