import type { RowData } from "@zilliz/milvus2-sdk-node";
import { MODALITIES, type EmbeddedDocument, type Modality } from "../../documents/document";
import type { Filter } from "../../documents/filter";
import type { CollectionCalls } from "./collection-calls";
import { MAX_WINDOW } from "./lowest-ids";
import { milvusFilter } from "./milvus-filter";
import { toRow } from "./milvus-row";

/** Rows of one upsert; keeps a message far below gRPC's limits. */
const UPSERT_ROWS = 256;

/** Stores and deletes documents of one collection, each in the partition of its modality. */
export class MilvusWrites {
  constructor(
    private readonly calls: CollectionCalls,
    /** Milvus Lite keeps one row an id over all partitions; a server does not. */
    private readonly isLite: boolean,
  ) {}

  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    for (const modality of MODALITIES) {
      const own = documents.filter(({ document }) => document.modality === modality);
      for (let at = 0; at < own.length; at += UPSERT_ROWS) {
        await this.#upsert(modality, own.slice(at, at + UPSERT_ROWS));
      }
    }
  }

  /** Deletes what matches, as much at a time as Milvus tells at once; how many that were. `deletedIds` is told of each part. */
  async delete(tenant: string, filter: Filter, deletedIds: (ids: readonly string[]) => Promise<void>): Promise<number> {
    let deleted = 0;
    for (;;) {
      const rows = await this.calls.query(milvusFilter(tenant, filter), ["id"], MAX_WINDOW);
      if (rows.length === 0) return deleted;
      const ids = rows.map((row) => row.id);
      await this.calls.write("delete documents", (client) =>
        client.delete({ collection_name: this.calls.name, filter: `id in ${JSON.stringify(ids)}` }),
      );
      await deletedIds(ids);
      deleted += rows.length;
    }
  }

  async #upsert(modality: Modality, documents: readonly EmbeddedDocument[]): Promise<void> {
    const of = { collection_name: this.calls.name };
    await this.calls.write("store documents", (client) =>
      client.upsert({ ...of, partition_name: modality, data: documents.map(toRow) as unknown as RowData[] }),
    );
    // An id that comes from a key may have been of another modality; one that comes from its content was not.
    const keyed = documents.flatMap(({ document }) => (document.key === null ? [] : [document.id]));
    if (this.isLite || keyed.length === 0) return;
    const filter = `id in ${JSON.stringify(keyed)}`;
    for (const other of MODALITIES.filter((one) => one !== modality)) {
      await this.calls.write("replace documents", (client) => client.delete({ ...of, partition_name: other, filter }));
    }
  }
}
