import {
  passagesOwner,
  readPassageId,
  type Document,
  type EmbeddedDocument,
  type EmbeddedPassage,
} from "../../../documents/document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../../ports/document-store";
import { createIndex } from "../milvus-index";
import { nearestByPassages, type ReadSparse } from "./nearest-by-passages";
import { PassageCollection, type PassageCollectionOptions } from "./passage-collection";
import { passageSchema } from "./passage-schema";

/** How soon it is seen that another server stored the first passage, or deleted the last. */
const LOOK_AFTER_MS = 10_000;

export interface MilvusPassagesOptions extends PassageCollectionOptions {
  readonly dimension: number;
  readonly read: ReadSparse;
}

/** Name of the collection of passages beside a collection of documents. */
export const passagesOf = (collection: string): string => `${collection}_passages`;

/**
 * Passages of long texts. Their collection is made with the first of them; while there are none, nothing is asked of Milvus.
 * The document's row is the truth: passages are written before it and deleted after it, and those of a document that is gone
 * or has another content are passed over.
 */
export class MilvusPassages {
  #collection: PassageCollection | null = null;
  #opening: Promise<PassageCollection> | null = null;
  #hasAny = false;
  #lookedMs = 0;
  #upserts = 0;
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: MilvusPassagesOptions) {}

  /** Opens the collection where there is one. */
  async prepare(): Promise<void> {
    this.#lookedMs = performance.now();
    if (this.#collection === null && !(await this.#exists())) return;
    const collection = await this.#open();
    const upserts = this.#upserts;
    const hasAny = (await collection.count()) > 0;
    // A count from before an upsert knows less than who made it.
    if (upserts === this.#upserts) this.#hasAny = hasAny;
  }

  /** Of documents that have some; to be called before these are written. */
  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    const long = documents.filter(({ passages = [] }) => passages.length > 0);
    if (long.length === 0) return;
    const collection = await this.#open();
    await collection.upsert(long);
    this.#upserts++;
    this.#hasAny = true;
  }

  /** What these documents had before under the same ids; to be called once they are written. */
  async replaced(documents: readonly EmbeddedDocument[]): Promise<void> {
    // An id that comes from the content never had another one.
    const keyed = documents.filter(({ document }) => document.key !== null);
    if (!this.#hasAny || this.#collection === null || keyed.length === 0) return;
    const long = keyed.filter(({ passages = [] }) => passages.length > 0);
    await this.#collection.delete(
      keyed.map(({ document }) => document.id),
      long.map(({ document }) => document.contentHash),
    );
  }

  async delete(documentIds: readonly string[]): Promise<void> {
    if (this.#hasAny && this.#collection !== null) await this.#collection.delete(documentIds);
  }

  async have(documents: readonly Document[]): Promise<boolean[]> {
    const collection = this.#known();
    const having = collection === null ? new Set<string>() : await collection.having(documents);
    return documents.map((document) => having.has(passagesOwner(document)));
  }

  async countFurther(tenant: string): Promise<number> {
    return (await this.#known()?.countFurther(tenant)) ?? 0;
  }

  async strays(tenant: string): Promise<string[]> {
    await this.prepare();
    const strays: string[] = [];
    for await (const rows of this.#collection?.pages(tenant) ?? []) {
      const ids = [...new Set(rows.map(({ id }) => readPassageId(id).documentId))];
      const documents = await this.options.read(tenant, ids, []);
      const owners = new Set(documents.flatMap((document) => (document === null ? [] : [passagesOwner(document)])));
      strays.push(...rows.map(({ id }) => id).filter((id) => !owners.has(readPassageId(id).owner)));
    }
    return strays;
  }

  async deleteRows(ids: readonly string[]): Promise<void> {
    await this.#collection?.deleteRows(ids);
  }

  async read(documents: readonly Document[]): Promise<EmbeddedPassage[][]> {
    const collection = this.#known();
    if (collection === null) return documents.map(() => []);
    return Promise.all(documents.map((one) => (one.modality === "text" ? collection.read(one) : [])));
  }

  /** The documents that are nearest by their own vectors or their passages, given those that are by their own. */
  async nearest(query: NeighbourQuery, own: Promise<Neighbour[][]>): Promise<Neighbour[][]> {
    const collection = this.#known();
    return collection === null ? own : nearestByPassages(query, own, collection, this.options.read);
  }

  async similarities(query: SimilarityQuery): Promise<(number | null)[][]> {
    const collection = this.#known();
    if (collection === null || query.ids.length === 0) return query.vectors.map(() => query.ids.map(() => null));
    return collection.similarities(query);
  }

  async clear(): Promise<void> {
    if (!(await this.#exists())) return;
    const collection = await this.#open();
    await collection.startOver(async () => {
      const { connection, name } = this.options;
      await connection.run("drop the passages", (client) => client.dropCollection({ collection_name: name }));
      await this.#create();
    });
    this.#hasAny = false;
  }

  async close(): Promise<void> {
    await this.#looking;
    await this.#collection?.close();
  }

  /** The collection if it holds anything, as far as is known; looks again now and then without keeping anybody waiting. */
  #known(): PassageCollection | null {
    if (performance.now() - this.#lookedMs > LOOK_AFTER_MS) this.#looking = this.prepare().catch(() => undefined);
    return this.#hasAny ? this.#collection : null;
  }

  #open(): Promise<PassageCollection> {
    this.#opening ??= this.#make().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #make(): Promise<PassageCollection> {
    if (!(await this.#exists())) await this.#create();
    const collection = new PassageCollection(this.options);
    await collection.prepare();
    return (this.#collection = collection);
  }

  async #exists(): Promise<boolean> {
    const { connection, name } = this.options;
    const answer = await connection.run("look for passages", (client) =>
      client.hasCollection({ collection_name: name }),
    );
    return Boolean(answer.value);
  }

  async #create(): Promise<void> {
    const { connection, name, dimension } = this.options;
    await connection.run("create the collection of passages", (client) =>
      client.createCollection({
        collection_name: name,
        fields: passageSchema(dimension),
        consistency_level: "Strong",
      }),
    );
    await connection.run("create its index", createIndex(name, "FLAT"));
  }
}
