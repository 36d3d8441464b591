import type { Document, Modality } from "../../documents/document";
import type { MilvusReads } from "./milvus-reads";
import { toDocument, type MilvusRow } from "./milvus-row";
import { DOCUMENT_FIELDS, FIELDS_OF } from "./milvus-schema";
import type { RowSizes } from "./row-sizes";
import type { Found } from "./search-rows";

export interface FoundDocument {
  readonly document: Document;
  readonly score: number;
  readonly besideScore: number | undefined;
}

/** A search for at most so many rows in all its lists, with the fields that it is to give. */
interface Asked {
  readonly tenant: string;
  /** Null: it finds both. */
  readonly modality: Modality | null;
  readonly rows: number;
  readonly search: (fields: readonly string[]) => Promise<Found<MilvusRow>[][]>;
}

/** Documents that searches find: in their answers, or where these would get too large, read by their ids, each once. */
export class FoundDocuments {
  constructor(
    private readonly reads: MilvusReads,
    private readonly sizes: RowSizes,
  ) {}

  async of({ tenant, modality, rows, search }: Asked): Promise<FoundDocument[][]> {
    if (rows > this.sizes.rowsAnAnswer) return this.#byId(tenant, await search(["id"]));
    const lists = await search(modality === null ? DOCUMENT_FIELDS : FIELDS_OF[modality]);
    this.sizes.saw(lists.flat());
    const known = modality === null ? undefined : { tenant, modality };
    return lists.map((list) =>
      list.map((row) => ({ document: toDocument(row, known), score: row.score, besideScore: row.besideScore })),
    );
  }

  async #byId(tenant: string, lists: readonly Found<MilvusRow>[][]): Promise<FoundDocument[][]> {
    const ids = [...new Set(lists.flat().map(({ id }) => id))];
    const read = await this.reads.read(tenant, ids);
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
