import { isDocumentId } from "../../documents/document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { FilterShares } from "./filter-shares";
import type { FoundDocuments } from "./found-documents";
import { milvusFilter } from "./milvus-filter";
import { searchParams, type IndexKind } from "./milvus-index";
import type { MilvusRow } from "./milvus-row";
import { searchNamed, searchRows } from "./search-rows";

const IDS_A_CALL = 1_024;

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

  async similarities({ tenant, modality, vectors, ids }: SimilarityQuery): Promise<(number | null)[][]> {
    const cosines: (number | null)[][] = vectors.map(() => []);
    for (let at = 0; at < ids.length; at += IDS_A_CALL) {
      const part = ids.slice(at, at + IDS_A_CALL);
      const params = searchParams(this.indexKind(), part.length, 0);
      const named = part.filter(isDocumentId);
      const among = { partition: modality, vectors, params };
      (await searchNamed(this.calls, { tenant, named, ...among })).forEach((known, i) => {
        cosines[i]!.push(...part.map((id) => known.get(id) ?? null));
      });
    }
    return cosines;
  }
}
