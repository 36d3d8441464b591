import { ConsistencyLevelEnum, type MilvusClient } from "@zilliz/milvus2-sdk-node";
import type { IndexUpkeep } from "./index-upkeep";
import type { MilvusConnection } from "./milvus-connection";
import type { MilvusRow } from "./milvus-row";
import type { WriteQueue } from "./write-queue";

/** Milvus shows a write to "Bounded" readers within 5 s, whoever wrote it. */
const BOUNDED_STALENESS_MS = 6_000;

export interface CollectionCallsOptions {
  readonly connection: MilvusConnection;
  readonly name: string;
  readonly index: IndexUpkeep;
  readonly writes: WriteQueue;
}

/** Calls to one collection: writes one after another, and reads that see what was written from here. */
export class CollectionCalls {
  /** The first reader waits too: the process before this one, which died, may have written a moment ago. */
  #writes = 1;
  /** So many of the writes were seen by a reader, hence every later one sees them without waiting. */
  #seen = 0;
  #lastWriteMs = Date.now();

  constructor(private readonly options: CollectionCallsOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** `consistency` goes into the call. */
  async read<T extends object>(
    operation: string,
    call: (client: MilvusClient, consistency: { consistency_level: ConsistencyLevelEnum }) => Promise<T>,
  ): Promise<T> {
    const { connection, index } = this.options;
    await index.ready();
    const before = this.#writes;
    // "Strong" waits for a server's clock, 200 ms; only the first reader after a write has to.
    const strong = before > this.#seen && Date.now() - this.#lastWriteMs < BOUNDED_STALENESS_MS;
    const consistency_level = strong ? ConsistencyLevelEnum.Strong : ConsistencyLevelEnum.Bounded;
    const answer = await connection.run(operation, (client) => call(client, { consistency_level }), {
      reload: () => index.load(),
    });
    if (strong) this.#seen = Math.max(this.#seen, before);
    return answer;
  }

  write<T extends object>(operation: string, call: (client: MilvusClient) => Promise<T>): Promise<T> {
    return this.options.writes.run(() => this.writeNow(operation, call));
  }

  /** For who holds the turn of the write queue already. */
  async writeNow<T extends object>(operation: string, call: (client: MilvusClient) => Promise<T>): Promise<T> {
    const { connection, index } = this.options;
    const answer = await connection.run(operation, call, { reload: () => index.load() });
    this.#writes++;
    this.#lastWriteMs = Date.now();
    return answer;
  }

  async query(
    filter: string,
    fields: readonly string[],
    limit: number,
    partitions: readonly string[] = [],
  ): Promise<MilvusRow[]> {
    const answer = await this.read("read documents", (client, consistency) =>
      client.query({
        collection_name: this.name,
        filter,
        output_fields: [...fields],
        limit,
        ...within(partitions),
        ...consistency,
      }),
    );
    return answer.data as unknown as MilvusRow[];
  }

  async count(filter: string, partitions: readonly string[] = []): Promise<number> {
    const answer = await this.read("count documents", (client, consistency) =>
      client.query({
        collection_name: this.name,
        filter,
        output_fields: ["count(*)"],
        ...within(partitions),
        ...consistency,
      }),
    );
    return Number(answer.data[0]?.["count(*)"] ?? 0);
  }
}

const within = (partitions: readonly string[]) => (partitions.length > 0 ? { partition_names: [...partitions] } : {});
