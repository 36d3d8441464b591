import { ConsistencyLevelEnum } from "@zilliz/milvus2-sdk-node";
import { CollectionCalls, type CollectionCallsOptions } from "../../../src/stores/milvus/collection-calls";
import { WriteQueue } from "../../../src/stores/milvus/write-queue";

const { Strong, Bounded } = ConsistencyLevelEnum;

/** Calls on a server that answers at once: only what it is asked for counts here. */
function setUp() {
  const connection = { run: (_: string, call: (client: object) => Promise<object>) => call({}) };
  const index = { ready: async () => undefined, load: async () => undefined };
  const parts = { connection, index, name: "any", writes: new WriteQueue() } as unknown as CollectionCallsOptions;
  const calls = new CollectionCalls(parts);
  const read = () =>
    calls.read("read", async (_, { consistency_level: level }) => ({ level })).then(({ level }) => level);
  return { read, write: () => calls.write("write", async () => ({})) };
}

it("waits for every write with the first read of a process, since another one may just have died", async () => {
  const { read } = setUp();
  expect([await read(), await read()]).toEqual([Strong, Bounded]);
});

it("waits for its own writes with the first read after them", async () => {
  const { read, write } = setUp();
  await read();
  await write();
  await write();
  expect([await read(), await read()]).toEqual([Strong, Bounded]);
});
