import type { Log } from "../../log";
import type { MilvusConnection } from "./milvus-connection";
import { createIndex, currentIndex, dropIndex, indexFor, type IndexKind } from "./milvus-index";
import { flushCollection, loadCollection } from "./until-done";
import type { WriteQueue } from "./write-queue";

/** How many documents are written between two looks at whether the index still fits. */
const REVIEW_EVERY = 2_000;

export interface IndexUpkeepOptions {
  readonly connection: MilvusConnection;
  readonly address: string;
  /** Of the collection. */
  readonly name: string;
  /** Up to how many documents every vector is compared; Infinity: always. */
  readonly flatUpTo: number;
  /** Those of the collection: nothing is written while its index changes. */
  readonly writes: WriteQueue;
  readonly log: Log;
}

/** Keeps one collection loaded, flushed when it is told to, and under the index that its size asks for. */
export class IndexUpkeep {
  #kind: IndexKind = "FLAT";
  #isOutdated = false;
  #rebuilding: Promise<void> = Promise.resolve();
  #loading: Promise<void> | null = null;
  #writtenSinceReview = 0;

  constructor(private readonly options: IndexUpkeepOptions) {}

  get kind(): IndexKind {
    return this.#kind;
  }

  /** Makes an existing collection searchable, mending an index that a crash left undone. */
  async prepare(): Promise<void> {
    const { connection, name } = this.options;
    const index = await currentIndex(connection, name);
    if (index === null) await connection.run("create its index", createIndex(name, "FLAT"));
    this.#kind = index?.kind ?? "FLAT";
    this.#isOutdated = index?.isOutdated ?? false;
    await this.load();
  }

  /** Resolves when no index is being rebuilt; throws what the last rebuilding failed with. */
  ready(): Promise<void> {
    return this.#rebuilding;
  }

  /** Looks now and then whether the collection has outgrown its index. */
  wrote(rows: number): void {
    this.#writtenSinceReview += rows;
    if (this.#writtenSinceReview < REVIEW_EVERY) return;
    this.#writtenSinceReview = 0;
    this.review().catch((error: unknown) => this.options.log.warn({ err: error }, "The index was not renewed"));
  }

  /** Loads the collection; calls at the same time share one load. */
  async load(): Promise<void> {
    const { connection, name } = this.options;
    this.#loading ??= connection
      .run("load the collection", loadCollection(name))
      .then(() => undefined)
      .finally(() => (this.#loading = null));
    await this.#loading;
  }

  /** Puts on the disk what Milvus holds in memory and in its log. */
  async flush(): Promise<void> {
    const { connection, name } = this.options;
    await connection.run("flush", flushCollection(name), { reload: () => this.load() });
  }

  /** Starts over with an empty collection, which `recreate` makes; searches wait meanwhile. */
  async startOver(recreate: () => Promise<void>): Promise<void> {
    await this.#rebuild(async () => {
      await recreate();
      this.#kind = "FLAT";
      this.#isOutdated = false;
    });
  }

  /** Changes the index where another one fits the number of documents; searches wait meanwhile. */
  async review(): Promise<void> {
    const { address, flatUpTo, name, log } = this.options;
    const documents = await this.#count();
    const index = indexFor(documents, address, flatUpTo);
    // A graph stays until far fewer documents are left, so that it is not made and dropped in turn.
    if ((index === this.#kind && !this.#isOutdated) || (index === "FLAT" && documents > flatUpTo / 2)) return;
    log.info({ collection: name, documents, index }, "The collection's size asks for another index: building it");
    await this.#rebuild(() => this.#replaceBy(index));
  }

  async #replaceBy(index: IndexKind): Promise<void> {
    const { connection, name } = this.options;
    const of = { collection_name: name };
    await this.flush();
    await connection.run("release the collection", (client) => client.releaseCollection(of));
    await dropIndex(connection, name);
    await connection.run("create its index", createIndex(name, index));
    this.#kind = index;
    this.#isOutdated = false;
  }

  async #rebuild(change: () => Promise<void>): Promise<void> {
    this.#rebuilding = this.options.writes.run(async () => {
      await change();
      await this.load();
    });
    await this.#rebuilding;
  }

  async #count(): Promise<number> {
    await this.#rebuilding;
    const { connection, name } = this.options;
    const rows = await connection.run(
      "count documents",
      (client) => client.query({ collection_name: name, filter: 'id != ""', output_fields: ["count(*)"] }),
      { reload: () => this.load() },
    );
    return Number(rows.data[0]?.["count(*)"] ?? 0);
  }
}
