import type { RowData } from "@zilliz/milvus2-sdk-node";
import {
  isPassageId,
  readPassageId,
  type Document,
  type EmbeddedDocument,
  type EmbeddedPassage,
} from "../../../documents/document";
import { allPages } from "../../../ports/all-pages";
import type { NeighbourQuery, PageQuery, SimilarityQuery } from "../../../ports/document-store";
import { CollectionCalls } from "../collection-calls";
import { FilterShares } from "../filter-shares";
import { IdleFlush } from "../idle-flush";
import { IndexUpkeep, type IndexUpkeepOptions } from "../index-upkeep";
import { LowestIds, MAX_WINDOW } from "../lowest-ids";
import { milvusFilter } from "../milvus-filter";
import { searchParams } from "../milvus-index";
import { VECTOR_FIELD } from "../milvus-schema";
import { cosinesWithRows, searchRows, type Found } from "../search-rows";
import { WriteQueue } from "../write-queue";
import { PASSAGE_FIELDS, passageRows, type PassageRow } from "./passage-schema";

/** Rows of one upsert, ids of one search, vectors of one answer: more would keep everybody else waiting. */
const UPSERT_ROWS = 256;
const IDS_A_CALL = 1_024;
const VECTORS_READ = 200;
const ROWS_A_PAGE = 4_096;

export interface PassageCollectionOptions extends Omit<IndexUpkeepOptions, "writes"> {
  readonly isLite: boolean;
}

/** The passages of a collection's long texts, in an open collection of their own. */
export class PassageCollection {
  readonly #queue = new WriteQueue();
  readonly #index: IndexUpkeep;
  readonly #calls: CollectionCalls;
  readonly #shares: FilterShares;
  readonly #idleFlush = new IdleFlush(() => this.#queue.run(() => this.#index.flush()));

  constructor(private readonly options: PassageCollectionOptions) {
    this.#index = new IndexUpkeep({ ...options, writes: this.#queue });
    this.#calls = new CollectionCalls({ ...options, index: this.#index, writes: this.#queue });
    this.#shares = new FilterShares(this.#calls);
  }

  async prepare(): Promise<void> {
    await this.#index.prepare();
    if (this.options.isLite) await this.#index.flush();
    await this.#index.review();
  }

  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    for (const document of documents) {
      const rows = passageRows(document);
      for (let at = 0; at < rows.length; at += UPSERT_ROWS) {
        const data = rows.slice(at, at + UPSERT_ROWS) as unknown as RowData[];
        await this.#calls.write("store passages", (client) =>
          client.upsert({ collection_name: this.options.name, data }),
        );
      }
      if (this.options.isLite) this.#idleFlush.wrote(rows.length);
      this.#index.wrote(rows.length);
    }
  }

  /** Deletes passages of these documents, but for those of contents that are kept. */
  async delete(documentIds: readonly string[], keptHashes: readonly string[] = []): Promise<void> {
    const of = `document_id in ${JSON.stringify(documentIds)}`;
    const filter = keptHashes.length === 0 ? of : `${of} and content_hash not in ${JSON.stringify(keptHashes)}`;
    await this.#calls.write("delete passages", (client) =>
      client.delete({ collection_name: this.options.name, filter }),
    );
  }

  count(): Promise<number> {
    return this.#calls.count('id != ""');
  }

  /** Those that are not the first of their document. */
  countFurther(tenant: string): Promise<number> {
    return this.#calls.count(`${milvusFilter(tenant, null)} and place > 0`);
  }

  /** For each vector the nearest passages but for those of documents that are passed over, nearest first. */
  async nearest(
    { tenant, vectors, filter }: NeighbourQuery,
    limit: number,
    passedOver: readonly string[] = [],
  ): Promise<Found<PassageRow>[][]> {
    const expression = milvusFilter(tenant, filter, "passages");
    const others = passedOver.length === 0 ? "" : ` and document_id not in ${JSON.stringify(passedOver)}`;
    const share = this.#index.kind === "IVF_FLAT" ? await this.#shares.of(null, expression) : 1;
    const params = searchParams(this.#index.kind, limit, share);
    const search = { partitions: [], vectors, limit, filter: expression + others, fields: PASSAGE_FIELDS, params };
    return searchRows<PassageRow>(this.#calls, search);
  }

  /** Cosines of vectors with passages by their ids; null: there is no such passage. */
  similarities({ tenant, vectors, ids }: SimilarityQuery): Promise<(number | null)[][]> {
    const named = { tenant, partition: null, vectors, ids, isId: isPassageId, index: this.#index.kind };
    return cosinesWithRows(this.#calls, named);
  }

  /** Of these documents those that have passages, as `passagesOwner` names them. */
  async having(documents: readonly Document[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let at = 0; at < documents.length; at += IDS_A_CALL) {
      const ids = documents.slice(at, at + IDS_A_CALL).map(({ id }) => id);
      const filter = `document_id in ${JSON.stringify(ids)} and place == 0`;
      const rows = await this.#query<PassageRow>(filter, PASSAGE_FIELDS, MAX_WINDOW);
      for (const { id } of rows) found.add(readPassageId(id).owner);
    }
    return found;
  }

  /** Every passage of a tenant, some thousand at a time, in the order of their ids. */
  pages(tenant: string): AsyncGenerator<readonly PassageRow[]> {
    const lowest = new LowestIds(this.#calls);
    const read = async (page: PageQuery) => (await lowest.read(page, PASSAGE_FIELDS)) as unknown as PassageRow[];
    return allPages(read, { tenant, filter: null, limit: ROWS_A_PAGE });
  }

  async deleteRows(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += IDS_A_CALL) {
      const filter = `id in ${JSON.stringify(ids.slice(at, at + IDS_A_CALL).filter(isPassageId))}`;
      await this.#calls.write("delete passages", (client) =>
        client.delete({ collection_name: this.options.name, filter }),
      );
    }
  }

  /** A document's passages with their vectors, in the order of the text. */
  async read({ id, tenant, contentHash }: Document): Promise<EmbeddedPassage[]> {
    const own = `${milvusFilter(tenant, { kind: "id", in: [id] }, "passages")} and content_hash == "${contentHash}"`;
    const rows = await this.#query<PassageRow>(own, PASSAGE_FIELDS, MAX_WINDOW);
    const passages: EmbeddedPassage[] = [];
    for (let at = 0; at < rows.length; at += VECTORS_READ) {
      const ids = rows.slice(at, at + VECTORS_READ).map((row) => row.id);
      const fields = [...PASSAGE_FIELDS, VECTOR_FIELD];
      const read = await this.#query<VectorRow>(`id in ${JSON.stringify(ids)}`, fields, ids.length);
      passages.push(...read.map(toPassage));
    }
    return passages.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  /** Starts over with an empty collection, which `recreate` makes. */
  startOver(recreate: () => Promise<void>): Promise<void> {
    return this.#index.startOver(recreate);
  }

  async close(): Promise<void> {
    this.#idleFlush.stop();
    await this.#queue.idle();
    await this.#index.ready().catch(() => undefined);
  }

  async #query<R>(filter: string, fields: readonly string[], limit: number): Promise<R[]> {
    return (await this.#calls.query(filter, fields, limit)) as unknown as R[];
  }
}

type VectorRow = PassageRow & { readonly vector: readonly number[] };

function toPassage({ id, vector }: VectorRow): EmbeddedPassage {
  const { start, end } = readPassageId(id);
  return { start, end, vector: Float32Array.from(vector) };
}
