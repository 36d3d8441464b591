import { passageId, readPassageId, type Document } from "../../../../../src/documents/document";
import type { Neighbour, NeighbourQuery } from "../../../../../src/ports/document-store";
import { nearestByPassages } from "../../../../../src/stores/milvus/passages/nearest-by-passages";
import type { Found } from "../../../../../src/stores/milvus/search-rows";
import type { PassageRow } from "../../../../../src/stores/milvus/passages/passage-schema";
import { textDocument } from "../../../../support/documents";

const VECTOR = Float32Array.of(1, 0);
const QUERY: NeighbourQuery = { tenant: "default", modality: "text", vectors: [VECTOR], limit: 10, filter: null };
/** Of books this many, each with this many passages. */
const [BOOKS, PAGES] = [4, 3_000];

const text = (name: string): Document => textDocument(name, { vector: VECTOR }).document;
const rowsOf = (document: Document, near: number, count: number): Found<PassageRow>[] =>
  Array.from({ length: count }, (_, i) => ({
    id: passageId(document, { start: 10 * i, end: 10 * i + 10 }),
    score: near - i / 1e6,
  }));

/** A collection of these passages that counts the rows which it is asked for. */
function collectionOf(rows: readonly Found<PassageRow>[]) {
  const sorted = rows.toSorted((a, b) => b.score - a.score);
  const asked: number[] = [];
  const nearest = async (_query: NeighbourQuery, limit: number, passedOver: readonly string[] = []) => {
    const given = sorted.filter((row) => !passedOver.includes(readPassageId(row.id).documentId)).slice(0, limit);
    asked.push(given.length);
    return [given];
  };
  return { collection: { nearest }, asked };
}

const short: Neighbour[] = Array.from({ length: 10 }, (_, i) => ({
  document: text(`short ${i}`),
  passage: null,
  similarity: 0.5 - i / 100,
}));

describe("the nearest documents by their passages", () => {
  it("are found without all passages of books that are nearer than everything else", async () => {
    const books = Array.from({ length: BOOKS }, (_, i) => text(`book ${i}`));
    const { collection, asked } = collectionOf(books.flatMap((book, i) => rowsOf(book, 0.9 - i / 20, PAGES)));
    const read = async (_tenant: string, ids: readonly string[]) =>
      ids.map((id) => books.find((book) => book.id === id) ?? null);

    const [found] = await nearestByPassages(QUERY, Promise.resolve([short]), collection, read);

    const expected = [...books, ...short.map(({ document }) => document)].slice(0, 10);
    expect(found!.map(({ document }) => document.id)).toEqual(expected.map(({ id }) => id));
    expect(found!.slice(0, BOOKS).map(({ passage }) => passage)).toEqual(books.map(() => ({ start: 0, end: 10 })));
    expect(asked.reduce((sum, rows) => sum + rows)).toBeLessThan((BOOKS * PAGES) / 4);
  });

  it("are those that are left where the nearest passages are of a document that is gone", async () => {
    const [gone, kept] = [text("gone"), text("kept")];
    const { collection } = collectionOf([...rowsOf(gone, 0.9, 100), ...rowsOf(kept, 0.8, 5)]);
    const read = async (_tenant: string, ids: readonly string[]) => ids.map((id) => (id === kept.id ? kept : null));

    const [found] = await nearestByPassages(QUERY, Promise.resolve([short]), collection, read);

    expect(found!.map(({ document }) => document.id)).toEqual(
      [kept, ...short.slice(0, 9).map(({ document }) => document)].map(({ id }) => id),
    );
  });
});
