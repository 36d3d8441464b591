import type { RowData } from "@zilliz/milvus2-sdk-node";
import type { Log } from "../../log";
import {
  isDocumentId,
  MODALITIES,
  type Document,
  type EmbeddedDocument,
  type Modality,
} from "../../documents/document";
import type {
  DocumentStore,
  KeywordMatch,
  KeywordQuery,
  Neighbour,
  NeighbourQuery,
  PageQuery,
  SampledVector,
  SimilarityQuery,
} from "../../ports/document-store";
import type { Fingerprint } from "../../ports/encoder";
import type { Filter } from "../../documents/filter";
import { CollectionCalls } from "./collection-calls";
import { IdleFlush } from "./idle-flush";
import { IndexUpkeep } from "./index-upkeep";
import { LowestIds, MAX_WINDOW } from "./lowest-ids";
import type { MilvusConnection } from "./milvus-connection";
import { milvusFilter } from "./milvus-filter";
import { MilvusKeywords } from "./milvus-keywords";
import { toDocument, toEmbedded, toRow, type MilvusRow } from "./milvus-row";
import { DOCUMENT_FIELDS, VECTOR_FIELD } from "./milvus-schema";
import { MilvusSearch } from "./milvus-search";
import { prepareModalityPartitions } from "./modality-partitions";
import { WriteQueue } from "./write-queue";

/** Rows of one upsert; keeps a message far below gRPC's limits. */
const UPSERT_ROWS = 256;
/** Vectors of one answer: unpacking more would keep everybody else waiting. */
const VECTORS_READ = 200;

export interface MilvusStoreOptions {
  readonly connection: MilvusConnection;
  readonly address: string;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** Drops the collection and makes it anew, active if it was. */
  readonly recreate: () => Promise<void>;
  readonly log: Log;
  /** Milvus Lite leaves flushing to its clients, and keeps one row an id over all partitions; a server does neither. */
  readonly isLite: boolean;
  /** Up to how many documents every vector is compared; Infinity: always. */
  readonly flatUpTo: number;
}

/** Documents in one Milvus collection: Lite, Standalone, Distributed and Zilliz Cloud alike. */
export class MilvusStore implements DocumentStore {
  readonly #writes = new WriteQueue();
  readonly #index: IndexUpkeep;
  readonly #calls: CollectionCalls;
  readonly #lowest: LowestIds;
  readonly #search: MilvusSearch;
  readonly #keywords: MilvusKeywords;
  readonly #idleFlush = new IdleFlush(() => this.#writes.run(() => this.#flush()));

  constructor(private readonly options: MilvusStoreOptions) {
    const { connection, name } = options;
    this.#index = new IndexUpkeep({ ...options, writes: this.#writes, flush: () => this.#flush() });
    this.#calls = new CollectionCalls({ connection, name, index: this.#index, writes: this.#writes });
    this.#lowest = new LowestIds(this.#calls);
    this.#search = new MilvusSearch(this.#calls, () => this.#index.kind);
    this.#keywords = new MilvusKeywords(connection, name);
  }

  get name(): string {
    return this.options.name;
  }

  get fingerprint(): Fingerprint {
    return this.options.fingerprint;
  }

  get noKeywords(): string | null {
    return this.#keywords.unsupported;
  }

  /** Makes an existing collection searchable, mending what a crash left undone. */
  async prepare(): Promise<void> {
    await this.#keywords.prepare();
    await prepareModalityPartitions(this.options.connection, this.name);
    await this.#index.prepare();
    // After a crash the rows of the write-ahead log are back, but not flushed.
    if (this.options.isLite) await this.#flush();
    await this.#index.review();
  }

  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    for (const modality of MODALITIES) {
      const own = documents.filter(({ document }) => document.modality === modality);
      for (let at = 0; at < own.length; at += UPSERT_ROWS) {
        await this.#upsert(modality, own.slice(at, at + UPSERT_ROWS));
      }
    }
    if (this.options.isLite) this.#idleFlush.wrote(documents.length);
    this.#index.wrote(documents.length);
  }

  async read(tenant: string, ids: readonly string[]): Promise<(Document | null)[]> {
    return this.#byId(tenant, ids, DOCUMENT_FIELDS, toDocument);
  }

  async get(tenant: string, ids: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    return this.#byId(tenant, ids, [...DOCUMENT_FIELDS, VECTOR_FIELD], toEmbedded);
  }

  async findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    if (contentHashes.length === 0) return [];
    const same = `${milvusFilter(tenant, null)} and content_hash in ${JSON.stringify(contentHashes)}`;
    const rows = await this.#calls.query(same, ["id", "content_hash"], MAX_WINDOW);
    const idByHash = new Map(rows.map((row) => [row.content_hash, row.id]));
    const found = await this.get(tenant, [...idByHash.values()]);
    const byHash = new Map(found.map((one) => [one?.document.contentHash, one]));
    return contentHashes.map((hash) => byHash.get(hash) ?? null);
  }

  neighbours(query: NeighbourQuery): Promise<Neighbour[][]> {
    return this.#search.neighbours(query);
  }

  similarities(query: SimilarityQuery): Promise<(number | null)[][]> {
    return this.#search.similarities(query);
  }

  async keywordMatches({ tenant, words, limit, filter }: KeywordQuery): Promise<KeywordMatch[]> {
    const request = this.#keywords.request(words);
    if (request === null) return [];
    const answer = await this.#calls.read("search by keyword", (client, consistency) =>
      client.search({
        collection_name: this.name,
        ...request,
        limit,
        filter: milvusFilter(tenant, filter),
        output_fields: [...DOCUMENT_FIELDS],
        ...consistency,
      }),
    );
    return this.#keywords.matches(answer.results as unknown as (MilvusRow & { score: number })[]);
  }

  async page(query: PageQuery): Promise<Document[]> {
    return (await this.#lowest.read(query, DOCUMENT_FIELDS)).map(toDocument);
  }

  count(tenant: string, filter: Filter | null): Promise<number> {
    return this.#calls.count(milvusFilter(tenant, filter));
  }

  async delete(tenant: string, filter: Filter): Promise<number> {
    let deleted = 0;
    for (;;) {
      const rows = await this.#calls.query(milvusFilter(tenant, filter), ["id"], MAX_WINDOW);
      if (rows.length === 0) return deleted;
      const ids = JSON.stringify(rows.map((row) => row.id));
      await this.#calls.write("delete documents", (client) =>
        client.delete({ collection_name: this.name, filter: `id in ${ids}` }),
      );
      deleted += rows.length;
    }
  }

  async sample(tenant: string, modality: Modality, size: number): Promise<SampledVector[]> {
    const sampled: SampledVector[] = [];
    for (let afterId: string | null = null; sampled.length < size; afterId = sampled.at(-1)!.id) {
      const limit = Math.min(VECTORS_READ, size - sampled.length);
      const page: PageQuery = { tenant, filter: { kind: "modality", modality }, afterId, limit };
      const rows = await this.#lowest.read(page, ["id", VECTOR_FIELD]);
      sampled.push(...rows.map(({ id, vector }) => ({ id, vector: Float32Array.from(vector) })));
      if (rows.length < limit) break;
    }
    return sampled;
  }

  async clear(): Promise<void> {
    await this.#index.startOver(async () => {
      await this.options.recreate();
      await this.#keywords.prepare();
      await prepareModalityPartitions(this.options.connection, this.name);
    });
  }

  async ping(): Promise<void> {
    await this.options.connection.run("count documents", (client) => client.listCollections(), { patienceMs: 0 });
  }

  async close(): Promise<void> {
    this.#idleFlush.stop();
    await this.#writes.idle();
    await this.#index.ready().catch(() => undefined);
  }

  async #upsert(modality: Modality, documents: readonly EmbeddedDocument[]): Promise<void> {
    const of = { collection_name: this.name };
    await this.#calls.write("store documents", (client) =>
      client.upsert({ ...of, partition_name: modality, data: documents.map(toRow) as unknown as RowData[] }),
    );
    // An id that comes from a key may have been of another modality; one that comes from its content was not.
    const keyed = documents.flatMap(({ document }) => (document.key === null ? [] : [document.id]));
    if (this.options.isLite || keyed.length === 0) return;
    const filter = `id in ${JSON.stringify(keyed)}`;
    for (const other of MODALITIES.filter((one) => one !== modality)) {
      await this.#calls.write("replace documents", (client) => client.delete({ ...of, partition_name: other, filter }));
    }
  }

  async #byId<T>(
    tenant: string,
    ids: readonly string[],
    fields: readonly string[],
    read: (row: MilvusRow) => T,
  ): Promise<(T | null)[]> {
    const possible = [...new Set(ids)].filter(isDocumentId);
    // Nothing but ids: Milvus Lite then looks them up by key instead of looking at every row.
    const filter = `id in ${JSON.stringify(possible)}`;
    const rows = possible.length === 0 ? [] : await this.#calls.query(filter, fields, possible.length);
    const found = new Map(rows.filter((row) => row.tenant === tenant).map((row) => [row.id, read(row)]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async #flush(): Promise<void> {
    await this.options.connection.run("flush", (client) => client.flushSync({ collection_names: [this.name] }), {
      reload: () => this.#index.load(),
    });
  }
}
