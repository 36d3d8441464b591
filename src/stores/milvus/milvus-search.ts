import { isDocumentId } from "../../documents/document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { FilterShares } from "./filter-shares";
import type { FoundDocuments } from "./found-documents";
import { milvusFilter } from "./milvus-filter";
import { searchParams, type IndexKind } from "./milvus-index";
import type { MilvusRow } from "./milvus-row";
import { cosinesWithRows, searchRows } from "./search-rows";

/** Searches by the documents' own vectors. No vector is in an answer: cosines are told by Milvus. */
export class MilvusSearch {
  readonly #shares: FilterShares;

  constructor(
    private readonly calls: CollectionCalls,
    private readonly found: FoundDocuments,
    private readonly indexKind: () => IndexKind,
  ) {
    this.#shares = new FilterShares(calls);
  }

  async neighbours({ tenant, modality, vectors, limit, filter }: NeighbourQuery): Promise<Neighbour[][]> {
    const index = this.indexKind();
    const expression = milvusFilter(tenant, filter);
    const share = index === "IVF_FLAT" ? await this.#shares.of(modality, expression) : 1;
    const params = searchParams(index, limit, share);
    const search = { partition: modality, vectors, limit, filter: expression, params };
    const lists = await this.found.of({
      tenant,
      modality,
      rows: vectors.length * limit,
      search: (fields) => searchRows<MilvusRow>(this.calls, { ...search, fields }),
    });
    return lists.map((list) => list.map(({ document, score }) => ({ document, passage: null, similarity: score })));
  }

  similarities({ modality: partition, ...asked }: SimilarityQuery): Promise<(number | null)[][]> {
    return cosinesWithRows(this.calls, { ...asked, partition, isId: isDocumentId, index: this.indexKind() });
  }
}
