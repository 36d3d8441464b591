import type { Vector } from "../../documents/document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { FilterShares } from "./filter-shares";
import { milvusFilter } from "./milvus-filter";
import { searchParams, type IndexKind } from "./milvus-index";
import { toDocument, type MilvusRow } from "./milvus-row";
import { DOCUMENT_FIELDS, VECTOR_FIELD } from "./milvus-schema";

/** Rows of one answer over all its vectors; keeps it to some megabytes. */
const ROWS_A_CALL = 8_192;
const IDS_A_CALL = 1_024;

type FoundRow = MilvusRow & { readonly score: number };

interface SearchCall {
  readonly partition: string;
  readonly vectors: readonly Vector[];
  readonly limit: number;
  readonly filter: string;
  readonly fields: readonly string[];
  readonly params: Record<string, number>;
}

/** Searches by vector in one collection. No vector is in an answer: cosines are told by Milvus. */
export class MilvusSearch {
  readonly #shares: FilterShares;

  constructor(
    private readonly calls: CollectionCalls,
    private readonly indexKind: () => IndexKind,
  ) {
    this.#shares = new FilterShares(calls);
  }

  async neighbours({ tenant, modality, vectors, limit, filter }: NeighbourQuery): Promise<Neighbour[][]> {
    const index = this.indexKind();
    const expression = milvusFilter(tenant, filter);
    const share = index === "IVF_FLAT" ? await this.#shares.of(modality, expression) : 1;
    const params = searchParams(index, limit, share);
    const fields = DOCUMENT_FIELDS;
    const lists = await this.#search({ partition: modality, vectors, limit, filter: expression, fields, params });
    return lists.map((rows) => rows.map((row) => ({ document: toDocument(row), similarity: row.score })));
  }

  async similarities({ tenant, modality, vectors, ids }: SimilarityQuery): Promise<(number | null)[][]> {
    const cosines: (number | null)[][] = vectors.map(() => []);
    for (let at = 0; at < ids.length; at += IDS_A_CALL) {
      const part = ids.slice(at, at + IDS_A_CALL);
      const lists = await this.#search({
        partition: modality,
        vectors,
        limit: part.length,
        filter: milvusFilter(tenant, { kind: "id", in: part }),
        fields: ["id"],
        params: searchParams(this.indexKind(), part.length, 0),
      });
      lists.forEach((rows, i) => {
        const known = new Map(rows.map(({ id, score }) => [id, score]));
        cosines[i]!.push(...part.map((id) => known.get(id) ?? null));
      });
    }
    return cosines;
  }

  async #search({ vectors, ...call }: SearchCall): Promise<FoundRow[][]> {
    const perCall = Math.max(1, Math.floor(ROWS_A_CALL / call.limit));
    const answers: FoundRow[][] = [];
    for (let at = 0; at < vectors.length; at += perCall) {
      answers.push(...(await this.#call({ ...call, vectors: vectors.slice(at, at + perCall) })));
    }
    return answers;
  }

  async #call({ partition, vectors, limit, filter, fields, params }: SearchCall): Promise<FoundRow[][]> {
    const answer = await this.calls.read("search", (client, consistency) =>
      client.search({
        collection_name: this.calls.name,
        partition_names: [partition],
        data: vectors.map((vector) => Array.from(vector)),
        anns_field: VECTOR_FIELD,
        metric_type: "COSINE",
        limit,
        filter,
        output_fields: [...fields],
        params,
        ...consistency,
      }),
    );
    // One vector comes back flat, several as a list each, and none at all when no vector has a neighbour.
    const results = answer.results as unknown as FoundRow[] | FoundRow[][];
    const lists = (Array.isArray(results[0]) ? results : [results]) as FoundRow[][];
    return vectors.map((_, at) => lists[at] ?? []);
  }
}
