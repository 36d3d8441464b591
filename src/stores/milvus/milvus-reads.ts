import { isDocumentId, type Document, type EmbeddedDocument, type Modality } from "../../documents/document";
import type { DocumentField, SparseDocument } from "../../documents/sparse-document";
import type { PageQuery, SampledVector } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { LowestIds, MAX_WINDOW } from "./lowest-ids";
import { milvusFilter } from "./milvus-filter";
import { toDocument, toEmbedded, toSparse, type MilvusRow } from "./milvus-row";
import { columnsOf, VECTOR_FIELD } from "./milvus-schema";
import type { RowSizes } from "./row-sizes";

/** Vectors of one answer: unpacking more would keep everybody else waiting. */
const VECTORS_READ = 200;

/** Reads documents of one collection: by id, by content, in the order of their ids. */
export class MilvusReads {
  readonly #lowest: LowestIds;

  constructor(
    private readonly calls: CollectionCalls,
    private readonly sizes: RowSizes,
  ) {
    this.#lowest = new LowestIds(calls, () => sizes.rowsAnAnswer(columnsOf()));
  }

  async read(tenant: string, ids: readonly string[]): Promise<(Document | null)[]> {
    return this.#byId(tenant, ids, columnsOf(), toDocument);
  }

  /** The same with the fields that are wanted; undefined: all. */
  async readSparse(
    tenant: string,
    ids: readonly string[],
    wanted: readonly DocumentField[] | undefined,
  ): Promise<(SparseDocument | null)[]> {
    return this.#byId(tenant, ids, columnsOf(wanted), (row) => toSparse(row, row));
  }

  async get(tenant: string, ids: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    return this.#byId(tenant, ids, [...columnsOf(), VECTOR_FIELD], toEmbedded);
  }

  async findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    if (contentHashes.length === 0) return [];
    const same = `${milvusFilter(tenant, null)} and content_hash in ${JSON.stringify(contentHashes)}`;
    const rows = await this.calls.query(same, ["id", "content_hash"], MAX_WINDOW);
    const idByHash = new Map(rows.map((row) => [row.content_hash, row.id]));
    const found = await this.get(tenant, [...idByHash.values()]);
    const byHash = new Map(found.map((one) => [one?.document.contentHash, one]));
    return contentHashes.map((hash) => byHash.get(hash) ?? null);
  }

  async page(query: PageQuery): Promise<Document[]> {
    const rows = await this.#lowest.read(query, columnsOf());
    this.sizes.saw(rows);
    return rows.map((row) => toDocument(row));
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

  async #byId<T>(
    tenant: string,
    ids: readonly string[],
    fields: readonly string[],
    read: (row: MilvusRow) => T,
  ): Promise<(T | null)[]> {
    const possible = [...new Set(ids)].filter(isDocumentId);
    const rows: MilvusRow[] = [];
    for (let at = 0; at < possible.length;) {
      const part = possible.slice(at, at + this.sizes.rowsAnAnswer(fields));
      // Nothing but ids: Milvus Lite then looks them up by key instead of looking at every row.
      const found = await this.calls.query(`id in ${JSON.stringify(part)}`, fields, part.length);
      this.sizes.saw(found);
      rows.push(...found);
      at += part.length;
    }
    const found = new Map(rows.filter((row) => row.tenant === tenant).map((row) => [row.id, read(row)]));
    return ids.map((id) => found.get(id) ?? null);
  }
}
