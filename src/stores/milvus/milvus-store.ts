import { ConsistencyLevelEnum, type MilvusClient, type RowData } from "@zilliz/milvus2-sdk-node";
import type { Log } from "../../log";
import { isDocumentId, type Document, type EmbeddedDocument, type Modality, type Vector } from "../../search/document";
import type {
  DocumentStore,
  KeywordMatch,
  KeywordQuery,
  NeighbourQuery,
  PageQuery,
  SampledVector,
} from "../../search/document-store";
import type { Fingerprint } from "../../search/encoder";
import type { Filter } from "../../search/filter";
import { IdleFlush } from "./idle-flush";
import { idAt, positionOf } from "./id-range";
import { IndexUpkeep } from "./index-upkeep";
import type { MilvusConnection } from "./milvus-connection";
import { milvusFilter } from "./milvus-filter";
import { searchParams } from "./milvus-index";
import { MilvusKeywords } from "./milvus-keywords";
import { toDocument, toEmbedded, toRow, type MilvusRow } from "./milvus-row";
import { DOCUMENT_FIELDS, VECTOR_FIELD } from "./milvus-schema";
import { WriteQueue } from "./write-queue";

/** The most rows that Milvus returns at once. */
const MAX_WINDOW = 16_384;
/** Rows of one upsert; keeps a message far below gRPC's limits. */
const UPSERT_ROWS = 256;
/** Neighbours of one search call over all its vectors; keeps the answer, vectors included, to some tens of megabytes. */
const NEIGHBOURS_A_CALL = 8_192;
/** Milvus shows a write to "Bounded" readers within 5 s; younger writes of ours are waited for with "Strong". */
const BOUNDED_STALENESS_MS = 6_000;

export interface MilvusStoreOptions {
  readonly connection: MilvusConnection;
  readonly address: string;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** Drops the collection and makes it anew, active if it was. */
  readonly recreate: () => Promise<void>;
  readonly log: Log;
  /** Milvus Lite leaves flushing to its clients; a server flushes by itself. */
  readonly flushes: boolean;
  /** Up to how many documents every vector is compared; Infinity: always. */
  readonly flatUpTo: number;
}

/** Documents in one Milvus collection: Lite, Standalone, Distributed and Zilliz Cloud alike. */
export class MilvusStore implements DocumentStore {
  readonly #writes = new WriteQueue();
  readonly #index: IndexUpkeep;
  #lastWriteMs = Date.now();
  #paged: { readonly of: string; readonly total: number } | null = null;
  readonly #idleFlush = new IdleFlush(() => this.#writes.run(() => this.#flush()));
  readonly #keywords: MilvusKeywords;

  constructor(private readonly options: MilvusStoreOptions) {
    this.#keywords = new MilvusKeywords(options.connection, options.name);
    this.#index = new IndexUpkeep({ ...options, writes: this.#writes, flush: () => this.#flush() });
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

  /** Makes an existing collection searchable, mending an index that a crash left undone. */
  async prepare(): Promise<void> {
    await this.#keywords.prepare();
    await this.#index.prepare();
    // After a crash the rows of the write-ahead log are back, but not flushed.
    if (this.options.flushes) await this.#flush();
    await this.#index.review();
  }

  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    const rows = documents.map(toRow);
    for (let at = 0; at < rows.length; at += UPSERT_ROWS) {
      const data = rows.slice(at, at + UPSERT_ROWS);
      await this.#write("store documents", (client) =>
        client.upsert({ collection_name: this.name, data: data as unknown as RowData[] }),
      );
    }
    if (this.options.flushes) this.#idleFlush.wrote(rows.length);
    this.#index.wrote(rows.length);
  }

  async get(tenant: string, ids: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    const possible = [...new Set(ids)].filter(isDocumentId);
    // Nothing but ids: Milvus Lite then looks them up by key instead of looking at every row.
    const filter = `id in ${JSON.stringify(possible)}`;
    const fields = [...DOCUMENT_FIELDS, VECTOR_FIELD];
    const rows = possible.length === 0 ? [] : await this.#query(filter, fields, possible.length);
    const own = rows.filter((row) => row.tenant === tenant);
    const found = new Map(own.map((row) => [row.id, toEmbedded(row)]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    if (contentHashes.length === 0) return [];
    const same = `${milvusFilter(tenant, null)} and content_hash in ${JSON.stringify(contentHashes)}`;
    const rows = await this.#query(same, ["id", "content_hash"], MAX_WINDOW);
    const idByHash = new Map(rows.map((row) => [row.content_hash, row.id]));
    const found = await this.get(tenant, [...idByHash.values()]);
    const byHash = new Map(found.map((one) => [one?.document.contentHash, one]));
    return contentHashes.map((hash) => byHash.get(hash) ?? null);
  }

  async neighbours(query: NeighbourQuery): Promise<EmbeddedDocument[][]> {
    const modality: Filter = { kind: "modality", modality: query.modality };
    const filters = query.filter === null ? [modality] : [modality, query.filter];
    const filter = milvusFilter(query.tenant, { kind: "all", filters });
    const perCall = Math.max(1, Math.floor(NEIGHBOURS_A_CALL / query.limit));
    const answers: EmbeddedDocument[][] = [];
    for (let at = 0; at < query.vectors.length; at += perCall) {
      answers.push(...(await this.#search(query.vectors.slice(at, at + perCall), query.limit, filter)));
    }
    return answers;
  }

  async keywordMatches({ tenant, words, limit, filter }: KeywordQuery): Promise<KeywordMatch[]> {
    const request = this.#keywords.request(words);
    if (request === null) return [];
    const answer = await this.#read("search by keyword", (client) =>
      client.search({
        collection_name: this.name,
        ...request,
        limit,
        filter: milvusFilter(tenant, filter),
        output_fields: [...DOCUMENT_FIELDS, VECTOR_FIELD],
        ...this.#consistency(),
      }),
    );
    return this.#keywords.matches(answer.results as unknown as (MilvusRow & { score: number })[]);
  }

  async page(query: PageQuery): Promise<Document[]> {
    return (await this.#lowest(query, DOCUMENT_FIELDS)).map(toDocument);
  }

  /** Rows in the order of their ids. */
  async #lowest(query: PageQuery, fields: string[]): Promise<MilvusRow[]> {
    const total = await this.#aboutTotal(query);
    let share = total === 0 ? 1 : (query.limit * 1.5 + 32) / total;
    let from = query.afterId;
    const found: MilvusRow[] = [];
    while (found.length < query.limit) {
      const before = idAt((from === null ? 0 : positionOf(from)) + share);
      const rows = await this.#range(query.tenant, query.filter, from, before, fields);
      if (rows.length === MAX_WINDOW) {
        share /= 4;
        continue;
      }
      found.push(...rows.sort((a, b) => (a.id < b.id ? -1 : 1)));
      if (before === null) break;
      from = before;
    }
    return found.slice(0, query.limit);
  }

  async count(tenant: string, filter: Filter | null): Promise<number> {
    const answer = await this.#read("count documents", (client) =>
      client.query({
        collection_name: this.name,
        filter: milvusFilter(tenant, filter),
        output_fields: ["count(*)"],
        ...this.#consistency(),
      }),
    );
    return Number(answer.data[0]?.["count(*)"] ?? 0);
  }

  async delete(tenant: string, filter: Filter): Promise<number> {
    let deleted = 0;
    for (;;) {
      const rows = await this.#query(milvusFilter(tenant, filter), ["id"], MAX_WINDOW);
      if (rows.length === 0) return deleted;
      const ids = JSON.stringify(rows.map((row) => row.id));
      await this.#write("delete documents", (client) =>
        client.delete({ collection_name: this.name, filter: `id in ${ids}` }),
      );
      deleted += rows.length;
    }
  }

  async sample(tenant: string, modality: Modality, size: number): Promise<SampledVector[]> {
    const page: PageQuery = { tenant, filter: { kind: "modality", modality }, afterId: null, limit: size };
    const rows = await this.#lowest(page, ["id", VECTOR_FIELD]);
    return rows.map(({ id, vector }) => ({ id, vector: Float32Array.from(vector) }));
  }

  async clear(): Promise<void> {
    await this.#index.startOver(async () => {
      await this.options.recreate();
      await this.#keywords.prepare();
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

  /** How many documents there are to page through: counted for the first page, since Lite takes seconds for 10,000. */
  async #aboutTotal({ tenant, filter, afterId }: PageQuery): Promise<number> {
    const of = JSON.stringify([tenant, filter]);
    if (afterId === null || this.#paged?.of !== of) this.#paged = { of, total: await this.count(tenant, filter) };
    return this.#paged.total;
  }

  async #search(vectors: readonly Vector[], limit: number, filter: string): Promise<EmbeddedDocument[][]> {
    const answer = await this.#read("search", (client) =>
      client.search({
        collection_name: this.name,
        data: vectors.map((vector) => Array.from(vector)),
        anns_field: VECTOR_FIELD,
        metric_type: "COSINE",
        limit,
        filter,
        output_fields: [...DOCUMENT_FIELDS, VECTOR_FIELD],
        params: searchParams(this.#index.kind, limit),
        ...this.#consistency(),
      }),
    );
    // One vector comes back flat, several as a list each, and none at all when no vector has a neighbour.
    const results = answer.results as unknown as MilvusRow[] | MilvusRow[][];
    const lists = (Array.isArray(results[0]) ? results : [results]) as MilvusRow[][];
    return vectors.map((_, at) => (lists[at] ?? []).map(toEmbedded));
  }

  /** Rows with from <= id < before (from < id for a whole id), in no order. */
  #range(tenant: string, filter: Filter | null, from: string | null, before: string | null, fields: string[]) {
    const bounds = [
      ...(from === null ? [] : [`id ${from.length === 40 ? ">" : ">="} ${JSON.stringify(from)}`]),
      ...(before === null ? [] : [`id < ${JSON.stringify(before)}`]),
    ];
    return this.#query([milvusFilter(tenant, filter), ...bounds].join(" and "), fields, MAX_WINDOW);
  }

  async #query(filter: string, fields: string[], limit: number): Promise<MilvusRow[]> {
    const answer = await this.#read("read documents", (client) =>
      client.query({ collection_name: this.name, filter, output_fields: fields, limit, ...this.#consistency() }),
    );
    return answer.data as unknown as MilvusRow[];
  }

  async #read<T extends object>(operation: string, call: (client: MilvusClient) => Promise<T>): Promise<T> {
    await this.#index.ready();
    return this.options.connection.run(operation, call, { reload: () => this.#index.load() });
  }

  #write<T extends object>(operation: string, call: (client: MilvusClient) => Promise<T>): Promise<T> {
    return this.#writes.run(async () => {
      const answer = await this.options.connection.run(operation, call, { reload: () => this.#index.load() });
      this.#lastWriteMs = Date.now();
      return answer;
    });
  }

  /** What makes a reader see our own writes, at no more waiting than that takes. */
  #consistency() {
    const strong = Date.now() - this.#lastWriteMs < BOUNDED_STALENESS_MS;
    return { consistency_level: strong ? ConsistencyLevelEnum.Strong : ConsistencyLevelEnum.Bounded };
  }

  async #flush(): Promise<void> {
    await this.options.connection.run("flush", (client) => client.flushSync({ collection_names: [this.name] }), {
      reload: () => this.#index.load(),
    });
  }
}
