import type { Document } from "../../../../src/documents/document";
import { FoundDocuments } from "../../../../src/stores/milvus/found-documents";
import type { MilvusReads } from "../../../../src/stores/milvus/milvus-reads";
import { toRow, type MilvusRow } from "../../../../src/stores/milvus/milvus-row";
import { RowSizes } from "../../../../src/stores/milvus/row-sizes";
import type { Found } from "../../../../src/stores/milvus/search-rows";
import { imageDocument, textDocument } from "../../../support/documents";

const TENANT = "default";
const stored = Array.from({ length: 300 }, (_, i) =>
  textDocument(`${i} ${"word ".repeat(10_000)}`, { vector: Float32Array.of(1) }),
);
const documents = new Map<string, Document>(stored.map(({ document }) => [document.id, document]));

/** Finds the first `rows` in each of two lists; tells which fields and ids it was asked for. */
function arrange(rows: number) {
  const [fields, read]: [string[][], string[][]] = [[], []];
  const sizes = new RowSizes();
  const reads = {
    readSparse: async (_tenant: string, ids: readonly string[]) => {
      read.push([...ids]);
      return ids.map((id) => documents.get(id) ?? null);
    },
  } as unknown as MilvusReads;
  const list = stored.slice(0, rows / 2).map((one, i) => ({ ...toRow(one), score: 1 - i / 100 }) as Found<MilvusRow>);
  const search = async (asked: readonly string[]) => {
    fields.push([...asked]);
    return [list, list];
  };
  return { found: new FoundDocuments(reads, sizes), search, fields, read, list };
}

describe("documents that a search finds", () => {
  it("come with a small answer", async () => {
    const { found, search, fields, read, list } = arrange(20);
    const lists = await found.of({ tenant: TENANT, modality: null, rows: 20, search });
    expect(lists[1]!.map(({ document, score }) => [document, score])).toEqual(
      list.map(({ id, score }) => [documents.get(id), score]),
    );
    expect(fields).toEqual([expect.arrayContaining(["id", "text"])]);
    expect(read).toEqual([]);
  });

  it.each([
    ["text", textDocument("of cats", { vector: Float32Array.of(1) })],
    ["image", imageDocument("cat", { vector: Float32Array.of(1) })],
  ] as const)("are whole where the search is among %ss, with few fields", async (modality, one) => {
    const asked: string[] = [];
    const search = async (fields: readonly string[]) => {
      asked.push(...fields);
      const row = Object.fromEntries(Object.entries(toRow(one)).filter(([name]) => fields.includes(name)));
      return [[{ ...row, score: 1 } as Found<MilvusRow>]];
    };
    const found = new FoundDocuments({} as MilvusReads, new RowSizes());
    const [list] = await found.of({ tenant: TENANT, modality, rows: 1, search });
    expect(list).toEqual([{ document: one.document, score: 1 }]);
    expect(asked).not.toContain("modality");
    expect(asked.length).toBeLessThan(11);
  });

  it("are read by their ids, each once, where the answer would be too large", async () => {
    const { found, search, fields, read, list } = arrange(600);
    const lists = await found.of({ tenant: TENANT, modality: null, rows: 600, search });
    for (const one of lists) expect(one.map(({ document }) => document.id)).toEqual(list.map(({ id }) => id));
    expect(fields).toEqual([["id"]]);
    expect(read).toEqual([list.map(({ id }) => id)]);
  });

  it("are left out where they were deleted in between", async () => {
    const { found, search } = arrange(600);
    const [first] = stored;
    documents.delete(first!.document.id);
    const [list] = await found.of({ tenant: TENANT, modality: null, rows: 600, search });
    documents.set(first!.document.id, first!.document);
    expect(list).toHaveLength(299);
  });
});

describe("rows of an answer", () => {
  const bytes = (length: number) => [{ text: "x".repeat(length) }];

  it("are the fewer, the larger the rows were that were read", () => {
    const sizes = new RowSizes();
    sizes.saw(bytes(50_000));
    const few = sizes.rowsAnAnswer(["text"]);
    expect(few * 50_000).toBeLessThanOrEqual(4_000_000);
    for (let i = 0; i < 40; i++) sizes.saw(bytes(500));
    expect(sizes.rowsAnAnswer(["text"])).toBeGreaterThan(20 * few);
  });

  it("are as many whether vectors come along or not", () => {
    const [without, along] = [new RowSizes(), new RowSizes()];
    without.saw(bytes(20_000));
    along.saw(bytes(20_000).map((row) => ({ ...row, vector: Array.from({ length: 768 }, (_, i) => i / 7) })));
    expect(along.rowsAnAnswer(["text"])).toBe(without.rowsAnAnswer(["text"]));
  });

  it("are one at least, and known to be few again as soon as a large row was read", () => {
    const sizes = new RowSizes();
    for (let i = 0; i < 40; i++) sizes.saw(bytes(10));
    sizes.saw(bytes(10_000_000));
    expect(sizes.rowsAnAnswer(["text"])).toBe(1);
    sizes.saw([]);
    expect(sizes.rowsAnAnswer(["text"])).toBe(1);
  });
});
