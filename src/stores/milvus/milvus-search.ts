import { isDocumentId } from "../../documents/document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { FilterShares } from "./filter-shares";
import type { FoundDocument, FoundDocuments } from "./found-documents";
import { milvusFilter } from "./milvus-filter";
import { searchParams, type IndexKind } from "./milvus-index";
import type { MilvusRow } from "./milvus-row";
import { searchRowsBeside } from "./search-beside";
import { cosinesWithRows, searchRows, type Found, type RowSearch, type TenantRow } from "./search-rows";

/** Searches by the documents' own vectors. No vector is in an answer: cosines are told by Milvus. */
export class MilvusSearch {
  readonly #shares: FilterShares;
  /** Whether rows of more than one tenant were seen. */
  #hasTenants = false;

  constructor(
    private readonly calls: CollectionCalls,
    private readonly found: FoundDocuments,
    private readonly indexKind: () => IndexKind,
  ) {
    this.#shares = new FilterShares(calls);
  }

  async neighbours({ tenant, modality, vectors, limit, filter, beside }: NeighbourQuery): Promise<Neighbour[][]> {
    const index = this.indexKind();
    const isIvf = index === "IVF_FLAT";
    const share = isIvf ? await this.#shares.of(modality, milvusFilter(tenant, filter)) : 1;
    const search = { partition: modality, vectors, limit, params: searchParams(index, limit, share) };
    // Without clusters cosines by ids cost less than a second search.
    const find = (one: RowSearch) =>
      isIvf && beside !== undefined
        ? searchRowsBeside<MilvusRow>(this.calls, one, beside)
        : searchRows<MilvusRow>(this.calls, one);
    const lists = await this.found.of({
      tenant,
      modality,
      rows: vectors.length * limit,
      search: (fields) =>
        this.#ofTenant(tenant, (own) => {
          const told = own === null ? [...fields, "tenant"] : fields;
          return find({ ...search, fields: told, filter: milvusFilter(own, filter) });
        }),
    });
    return lists.map((list) => list.map(toNeighbour));
  }

  /**
   * Searches without the tenant in the filter, as long as nothing of another one is found, and again with it where
   * something is: Milvus compares it with that of every row, which takes longer than all else where there are many.
   */
  async #ofTenant<R extends TenantRow>(
    tenant: string,
    search: (own: string | null) => Promise<Found<R>[][]>,
  ): Promise<Found<R>[][]> {
    if (!this.#hasTenants) {
      const lists = await search(null);
      if (lists.every((rows) => rows.every((row) => row.tenant === tenant))) return lists;
      this.#hasTenants = true;
    }
    return search(tenant);
  }

  similarities({ modality: partition, ...asked }: SimilarityQuery): Promise<(number | null)[][]> {
    return cosinesWithRows(this.calls, { ...asked, partition, isId: isDocumentId, index: this.indexKind() });
  }
}

const toNeighbour = ({ document, score, besideScore }: FoundDocument): Neighbour => ({
  document,
  passage: null,
  similarity: score,
  ...(besideScore === undefined ? {} : { besideSimilarity: besideScore }),
});
