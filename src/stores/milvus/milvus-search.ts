import { isDocumentId } from "../../documents/document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { FilterShares } from "./filter-shares";
import type { FoundDocument, FoundDocuments } from "./found-documents";
import { JoinedSearches } from "./joined-searches";
import { milvusFilter } from "./milvus-filter";
import { searchParams, type IndexKind } from "./milvus-index";
import type { MilvusRow } from "./milvus-row";
import { ROWS_BESIDE, searchRowsBeside } from "./search-beside";
import { cosinesWithRows, searchRows, type Found, type RowSearch } from "./search-rows";

/** Searches by the documents' own vectors. No vector is in an answer: cosines are told by Milvus. */
export class MilvusSearch {
  readonly #shares: FilterShares;
  readonly #comparing: (search: RowSearch) => Promise<Found<MilvusRow>[][]>;
  /** Whether rows of more than one tenant were seen. */
  #hasTenants = false;

  constructor(
    private readonly calls: CollectionCalls,
    private readonly found: FoundDocuments,
    private readonly indexKind: () => IndexKind,
    isLite: boolean,
  ) {
    const joined = new JoinedSearches<MilvusRow>(calls);
    this.#comparing = (search) => (isLite ? joined.search(search) : searchRows<MilvusRow>(calls, search));
    this.#shares = new FilterShares(calls);
  }

  async neighbours(query: NeighbourQuery): Promise<Neighbour[][]> {
    const { tenant, modality, vectors, limit, filter, beside, fields: wanted } = query;
    const index = this.indexKind();
    const own = milvusFilter(tenant, filter);
    const isIvf = index === "IVF_FLAT";
    const share = isIvf ? await this.#shares.of(modality, own) : 1;
    const params = searchParams(index, limit, share);
    const partitions = vectors.map(() => modality);
    const search = { partitions, vectors, limit, filter: own, params };
    const lists = await this.found.of({
      tenant,
      modality,
      fields: wanted,
      rows: vectors.length * limit * (isIvf && beside !== undefined ? ROWS_BESIDE : 1),
      search: (fields) =>
        isIvf ? this.#amongClusters({ fields, ...search }, query) : this.#comparing({ fields, ...search }),
    });
    return lists.map((list) => list.map(toNeighbour));
  }

  /**
   * For many rows, and so without the tenant in the filter as long as nothing of another one is found, and again with it
   * where something is: Milvus compares it with that of every row. What lies beside is told along the way, since looking for
   * some ids takes as long as the search. Where few rows are compared one by one, both would cost more than they save.
   */
  async #amongClusters(search: RowSearch, { tenant, filter, beside }: NeighbourQuery): Promise<Found<MilvusRow>[][]> {
    const find = (one: RowSearch) =>
      beside === undefined
        ? searchRows<MilvusRow>(this.calls, one)
        : searchRowsBeside<MilvusRow>(this.calls, one, beside);
    if (!this.#hasTenants) {
      const fields = [...search.fields, "tenant"];
      const lists = await find({ ...search, filter: milvusFilter(null, filter), fields });
      if (lists.every((rows) => rows.every((row) => row.tenant === tenant))) return lists;
      this.#hasTenants = true;
    }
    return find(search);
  }

  similarities({ modality: partition, ...asked }: SimilarityQuery): Promise<(number | null)[][]> {
    return cosinesWithRows(this.calls, { partition, isId: isDocumentId, index: this.indexKind(), ...asked });
  }
}

const toNeighbour = ({ document, score, besideScore }: FoundDocument): Neighbour => ({
  document,
  passage: null,
  similarity: score,
  ...(besideScore === undefined ? {} : { besideSimilarity: besideScore }),
});
