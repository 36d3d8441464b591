import {
  isPassageId,
  type Document,
  type EmbeddedDocument,
  type EmbeddedPassage,
  type Modality,
} from "../../documents/document";
import type { Filter } from "../../documents/filter";
import type { Log } from "../../log";
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
import { CollectionCalls } from "./collection-calls";
import { FoundDocuments } from "./found-documents";
import { IdleFlush } from "./idle-flush";
import { IndexUpkeep } from "./index-upkeep";
import type { MilvusConnection } from "./milvus-connection";
import { milvusFilter } from "./milvus-filter";
import { MilvusKeywords } from "./milvus-keywords";
import { MilvusReads } from "./milvus-reads";
import { MilvusSearch } from "./milvus-search";
import { MilvusWrites } from "./milvus-writes";
import { prepareModalityPartitions } from "./modality-partitions";
import { MilvusPassages, passagesOf } from "./passages/milvus-passages";
import { RowSizes } from "./row-sizes";
import { WriteQueue } from "./write-queue";

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
  readonly #queue = new WriteQueue();
  readonly #index: IndexUpkeep;
  readonly #calls: CollectionCalls;
  readonly #reads: MilvusReads;
  readonly #writes: MilvusWrites;
  readonly #search: MilvusSearch;
  readonly #keywords: MilvusKeywords;
  readonly #passages: MilvusPassages;
  readonly #idleFlush = new IdleFlush(() => this.#queue.run(() => this.#index.flush()));

  constructor(private readonly options: MilvusStoreOptions) {
    const { connection, name, isLite } = options;
    this.#index = new IndexUpkeep({ ...options, writes: this.#queue });
    this.#calls = new CollectionCalls({ connection, name, index: this.#index, writes: this.#queue });
    const sizes = new RowSizes();
    this.#reads = new MilvusReads(this.#calls, sizes);
    const found = new FoundDocuments(this.#reads, sizes);
    this.#writes = new MilvusWrites(this.#calls, isLite);
    this.#search = new MilvusSearch(this.#calls, found, () => this.#index.kind, isLite);
    this.#keywords = new MilvusKeywords(connection, this.#calls, found);
    this.#passages = new MilvusPassages({
      ...options,
      name: passagesOf(name),
      dimension: options.fingerprint.dimension,
      read: (tenant, ids, wanted) => this.#reads.readSparse(tenant, ids, wanted),
    });
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
    if (this.options.isLite) await this.#index.flush();
    await this.#index.review();
    await this.#passages.prepare();
  }

  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    await this.#passages.upsert(documents);
    await this.#writes.upsert(documents);
    await this.#passages.replaced(documents);
    if (this.options.isLite) this.#idleFlush.wrote(documents.length);
    this.#index.wrote(documents.length);
  }

  read(tenant: string, ids: readonly string[]): Promise<(Document | null)[]> {
    return this.#reads.read(tenant, ids);
  }

  get(tenant: string, ids: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    return this.#reads.get(tenant, ids);
  }

  findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    return this.#reads.findByContent(tenant, contentHashes);
  }

  passages(documents: readonly Document[]): Promise<EmbeddedPassage[][]> {
    return this.#passages.read(documents);
  }

  havePassages(documents: readonly Document[]): Promise<boolean[]> {
    return this.#passages.have(documents);
  }

  countFurtherPassages(tenant: string): Promise<number> {
    return this.#passages.countFurther(tenant);
  }

  strayPassages(tenant: string): Promise<string[]> {
    return this.#passages.strays(tenant);
  }

  deletePassages(ids: readonly string[]): Promise<void> {
    return this.#passages.deleteRows(ids);
  }

  neighbours(query: NeighbourQuery): Promise<Neighbour[][]> {
    const own = this.#search.neighbours(query);
    return query.modality === "text" && !query.withoutPassages ? this.#passages.nearest(query, own) : own;
  }

  async similarities(query: SimilarityQuery): Promise<(number | null)[][]> {
    const isOfPassage = query.ids.map(isPassageId);
    if (!isOfPassage.includes(true)) return this.#search.similarities(query);
    const ids = (ofPassages: boolean) => query.ids.filter((_, i) => isOfPassage[i] === ofPassages);
    const [documents, passages] = await Promise.all([
      this.#search.similarities({ ...query, ids: ids(false) }),
      this.#passages.similarities({ ...query, ids: ids(true) }),
    ]);
    return query.vectors.map((_, at) => {
      const [document, passage] = [documents[at]!.values(), passages[at]!.values()];
      return isOfPassage.map((is) => (is ? passage : document).next().value!);
    });
  }

  keywordMatches(query: KeywordQuery): Promise<KeywordMatch[]> {
    return this.#keywords.matches(query);
  }

  page(query: PageQuery): Promise<Document[]> {
    return this.#reads.page(query);
  }

  count(tenant: string, filter: Filter | null): Promise<number> {
    return this.#calls.count(milvusFilter(tenant, filter));
  }

  delete(tenant: string, filter: Filter): Promise<number> {
    return this.#writes.delete(tenant, filter, (ids) => this.#passages.delete(ids));
  }

  sample(tenant: string, modality: Modality, size: number): Promise<SampledVector[]> {
    return this.#reads.sample(tenant, modality, size);
  }

  async clear(): Promise<void> {
    await this.#index.startOver(async () => {
      await this.options.recreate();
      await this.#keywords.prepare();
      await prepareModalityPartitions(this.options.connection, this.name);
    });
    await this.#passages.clear();
  }

  async ping(): Promise<void> {
    await this.options.connection.run("count documents", (client) => client.listCollections(), { patienceMs: 0 });
  }

  async close(): Promise<void> {
    this.#idleFlush.stop();
    await this.#queue.idle();
    await this.#index.ready().catch(() => undefined);
    await this.#passages.close();
  }
}
