import { createHash } from "node:crypto";
import type { Log } from "../../log";
import type { CollectionInfo, Collections } from "../../ports/collections";
import type { DocumentStore } from "../../ports/document-store";
import type { Fingerprint } from "../../ports/encoder";
import { detectKeywords } from "./detect-keywords";
import { withKeywords } from "./keyword-schema";
import type { MilvusConnection } from "./milvus-connection";
import { createIndex, FLAT_UP_TO_DOCUMENTS } from "./milvus-index";
import type { MilvusLite } from "./milvus-lite";
import { milvusSchema, OUTDATED_VERSIONS, SCHEMA_VERSION } from "./milvus-schema";
import { MilvusStore } from "./milvus-store";
import { moveDocuments } from "./move-documents";
import { passagesOf } from "./passages/milvus-passages";

const FINGERPRINT_PROPERTY = "parallax.fingerprint";

export interface MilvusCollectionsOptions {
  readonly connection: MilvusConnection;
  readonly address: string;
  /** Begins the name of every collection and of the alias; letters, digits and underscores. */
  readonly prefix: string;
  readonly log: Log;
  /** The Milvus Lite that was started for these collections and stops with them. */
  readonly lite?: MilvusLite;
  /** Only tests set it: the size from which on a graph index is used. */
  readonly flatUpTo?: number;
}

/** The collections of one Milvus: one per fingerprint, named after it, and an alias on the active one. */
export class MilvusCollections implements Collections {
  readonly #opened: MilvusStore[] = [];
  #keywords: boolean | null = null;

  constructor(private readonly options: MilvusCollectionsOptions) {}

  async open(fingerprint: Fingerprint): Promise<DocumentStore> {
    const store = await this.#open(this.#name(fingerprint), fingerprint);
    this.#opened.push(store);
    for (const version of OUTDATED_VERSIONS) await this.#moveFrom(this.#name(fingerprint, version), store);
    return store;
  }

  /** Moves what is in a collection of an older shape; it goes once all is in the new one. */
  async #moveFrom(outdated: string, store: MilvusStore): Promise<void> {
    if (!(await this.#exists(outdated))) return;
    const from = await this.#open(outdated, store.fingerprint);
    await moveDocuments(from, store, this.options.log);
    await from.close();
    if ((await this.#active()) === outdated) await this.activate(store.fingerprint);
    await this.#drop(outdated);
  }

  async #open(name: string, fingerprint: Fingerprint): Promise<MilvusStore> {
    if (!(await this.#exists(name))) await this.#create(name, fingerprint);
    const recreate = () => this.#recreate(name, fingerprint);
    const store = new MilvusStore({
      ...this.options,
      name,
      fingerprint,
      recreate,
      isLite: this.options.lite !== undefined,
      flatUpTo: this.options.flatUpTo ?? (this.options.lite ? Infinity : FLAT_UP_TO_DOCUMENTS),
    });
    await store.prepare();
    return store;
  }

  async activate(fingerprint: Fingerprint): Promise<void> {
    const target = { collection_name: this.#name(fingerprint), alias: this.#alias };
    if ((await this.#active()) === target.collection_name) return;
    await this.options.connection.run("name the active collection", async (client) => {
      const created = await client.createAlias(target);
      return created.code === 0 ? created : client.alterAlias(target);
    });
  }

  async list(): Promise<CollectionInfo[]> {
    const { connection } = this.options;
    const active = await this.#active();
    const all = await connection.run("list collections", (client) => client.listCollections());
    const own = all.data.map(({ name }) => name).filter((name) => name.startsWith(`${this.options.prefix}_`));
    const infos = await Promise.all(own.map(async (name) => ({ name, fingerprint: await this.#describe(name) })));
    return infos.flatMap(({ name, fingerprint }) =>
      fingerprint === null ? [] : [{ name, fingerprint, active: name === active }],
    );
  }

  async drop(fingerprint: Fingerprint): Promise<void> {
    const name = this.#name(fingerprint);
    for (const one of [name, passagesOf(name)]) if (await this.#exists(one)) await this.#drop(one);
  }

  async #drop(name: string): Promise<void> {
    await this.#dropAlias(name);
    await this.options.connection.run("drop the collection", (client) =>
      client.dropCollection({ collection_name: name }),
    );
  }

  async close(): Promise<void> {
    for (const store of this.#opened.splice(0).reverse()) await store.close();
    await this.options.connection.close();
    await this.options.lite?.stop();
  }

  /** Of the Milvus Lite that belongs to these collections; null: none, or it is being restarted. */
  get litePid(): number | null {
    return this.options.lite?.pid ?? null;
  }

  get #alias(): string {
    return `${this.options.prefix}_active`;
  }

  /** "parallax_jina_clip_v1_0f3a…": readable, and one to one with the fingerprint. */
  #name(fingerprint: Fingerprint, version = SCHEMA_VERSION): string {
    const { model, revision, dtype, dimension, preprocessing } = fingerprint;
    const identity = JSON.stringify([version, model, revision, dtype, dimension, preprocessing]);
    const hash = createHash("sha256").update(identity).digest("hex").slice(0, 12);
    const label = model
      .replace(/^.*\//, "")
      .replace(/[^A-Za-z0-9]+/g, "_")
      .slice(0, 40);
    return `${this.options.prefix}_${label}_${hash}`;
  }

  async #exists(name: string): Promise<boolean> {
    const answer = await this.options.connection.run("look for the collection", (client) =>
      client.hasCollection({ collection_name: name }),
    );
    return Boolean(answer.value);
  }

  async #create(name: string, fingerprint: Fingerprint): Promise<void> {
    const { connection, prefix, log } = this.options;
    this.#keywords ??= await detectKeywords(connection, prefix, log);
    const fields = milvusSchema(fingerprint.dimension);
    const schema = this.#keywords ? withKeywords(fields) : { fields };
    await connection.run("create the collection", (client) =>
      client.createCollection({
        collection_name: name,
        ...schema,
        consistency_level: "Strong",
        properties: { [FINGERPRINT_PROPERTY]: JSON.stringify(fingerprint) },
      }),
    );
    await connection.run("create its index", createIndex(name, "FLAT"));
  }

  async #recreate(name: string, fingerprint: Fingerprint): Promise<void> {
    const active = (await this.#active()) === name;
    if (await this.#exists(name)) await this.#drop(name);
    await this.#create(name, fingerprint);
    if (active) await this.activate(fingerprint);
  }

  async #describe(name: string): Promise<Fingerprint | null> {
    const answer = await this.options.connection.run("describe the collection", (client) =>
      client.describeCollection({ collection_name: name, cache: false }),
    );
    const property = answer.properties.find(({ key }) => key === FINGERPRINT_PROPERTY);
    return property ? (JSON.parse(String(property.value)) as Fingerprint) : null;
  }

  /** Name of the collection that the alias points to; null: there is no alias yet. */
  async #active(): Promise<string | null> {
    const all = await this.options.connection.run("list collections", (client) => client.listCollections());
    const names = all.data.map(({ name }) => name).filter((name) => name.startsWith(`${this.options.prefix}_`));
    for (const name of names) {
      const { aliases } = await this.options.connection.run("list aliases", (client) =>
        client.listAliases({ collection_name: name }),
      );
      if (aliases.includes(this.#alias)) return name;
    }
    return null;
  }

  async #dropAlias(name: string): Promise<void> {
    if ((await this.#active()) !== name) return;
    await this.options.connection.run("drop the alias", (client) => client.dropAlias({ alias: this.#alias }));
  }
}
