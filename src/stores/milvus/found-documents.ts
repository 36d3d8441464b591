import type { Modality } from "../../documents/document";
import type { DocumentField, SparseDocument } from "../../documents/sparse-document";
import type { MilvusReads } from "./milvus-reads";
import { toSparse, type MilvusRow } from "./milvus-row";
import { columnsOf, columnsWithin } from "./milvus-schema";
import type { RowSizes } from "./row-sizes";
import type { Found } from "./search-rows";

export interface FoundDocument {
  readonly document: SparseDocument;
  readonly score: number;
  readonly besideScore: number | undefined;
}

/** A search for at most so many rows in all its lists, with the columns that it is to give. */
interface Asked {
  readonly tenant: string;
  /** Null: it finds both. */
  readonly modality: Modality | null;
  /** What is wanted of the documents; undefined: all. */
  readonly fields?: readonly DocumentField[] | undefined;
  readonly rows: number;
  readonly search: (columns: readonly string[]) => Promise<Found<MilvusRow>[][]>;
}

/** Documents that searches find: in their answers, or where these would get too large, read by their ids, each once. */
export class FoundDocuments {
  constructor(
    private readonly reads: MilvusReads,
    private readonly sizes: RowSizes,
  ) {}

  async of({ tenant, modality, fields, rows, search }: Asked): Promise<FoundDocument[][]> {
    const columns = modality === null ? columnsOf(fields) : columnsWithin(modality, fields);
    if (rows > this.sizes.rowsAnAnswer(columns)) return this.#byId(tenant, await search(["id"]), fields);
    const lists = await search(columns);
    this.sizes.saw(lists.flat());
    return lists.map((list) =>
      list.map((row) => ({
        document: toSparse(row, modality === null ? row : { tenant, modality }),
        score: row.score,
        besideScore: row.besideScore,
      })),
    );
  }

  async #byId(
    tenant: string,
    lists: readonly Found<MilvusRow>[][],
    fields: Asked["fields"],
  ): Promise<FoundDocument[][]> {
    const ids = [...new Set(lists.flat().map(({ id }) => id))];
    const read = await this.reads.readSparse(tenant, ids, fields);
    const documents = new Map(ids.map((id, i) => [id, read[i]]));
    return lists.map((list) =>
      list.flatMap(({ id, score, besideScore }) => {
        const document = documents.get(id);
        // It may have been deleted since.
        return document ? [{ document, score, besideScore }] : [];
      }),
    );
  }
}
