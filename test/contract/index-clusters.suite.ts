import type { Collections } from "../../src/ports/collections";
import { currentIndex, dropIndex } from "../../src/stores/milvus/milvus-index";
import { MilvusConnection } from "../../src/stores/milvus/milvus-connection";
import { openMilvus } from "../../src/stores/milvus/open-milvus";
import { VECTOR_FIELD } from "../../src/stores/milvus/milvus-schema";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../support/documents";
import { silent } from "../support/models";

const FINGERPRINT = testFingerprint("clusters");
const FLAT_UP_TO = 200;
const DOCUMENTS = 600;
const NEAR = { tenant: "default", modality: "text", filter: null } as const;

/** What becomes of the clusters of a collection on a Milvus at `address`, over versions that make others. */
export function indexClustersContract(address: () => string): void {
  const log = { ...silent, info: (fields: object) => void said.push(fields) };
  let said: object[];
  let connection: MilvusConnection;
  let collections: Collections;
  const open = async () => {
    said = [];
    collections = await openMilvus({
      uri: address(),
      token: null,
      litePython: null,
      prefix: "clusters",
      timeoutMs: 110_000,
      log,
      flatUpTo: FLAT_UP_TO,
    });
    return collections.open(FINGERPRINT);
  };
  beforeAll(() => {
    const at = { address: address(), token: null, timeoutMs: 110_000, patienceMs: 30_000 };
    connection = new MilvusConnection(at, silent);
  });
  afterAll(async () => {
    await collections.drop(FINGERPRINT);
    await collections.close();
    await connection.close();
  });

  it("builds those of an older version anew when the collection is opened, once, and finds what it found", async () => {
    const random = randomNumbers(8);
    const stored = Array.from({ length: DOCUMENTS }, (_, i) =>
      textDocument(`text ${i}`, { vector: randomVector(random) }),
    );
    const { name } = await open().then(async (store) => {
      await store.upsert(stored);
      return store;
    });
    await collections.close();
    await replaceBy256(name);
    expect(await currentIndex(connection, name)).toEqual({ kind: "IVF_FLAT", isOutdated: true });

    const store = await open();
    expect(said).toContainEqual(expect.objectContaining({ collection: name, index: "IVF_FLAT" }));
    expect(await currentIndex(connection, name)).toEqual({ kind: "IVF_FLAT", isOutdated: false });
    const vectors = stored.map(({ vector }) => vector);
    const nearest = await store.neighbours({ ...NEAR, vectors, limit: 1 });
    expect(nearest.map(([first]) => first?.document)).toEqual(stored.map(({ document }) => document));

    await collections.close();
    await open();
    expect(said.filter((fields) => "index" in fields)).toEqual([]);
  }, 120_000);

  it("tells cosines with another vector along the way, and finds what it finds without", async () => {
    await collections.close();
    const store = await open();
    const random = randomNumbers(9);
    const vectors = Array.from({ length: 40 }, () => randomVector(random));
    const beside = randomVector(random);
    const without = await store.neighbours({ ...NEAR, vectors, limit: 30 });
    const found = await store.neighbours({ ...NEAR, vectors, limit: 30, beside });
    const [ids, same] = [found, without].map((lists) => lists.map((list) => list.map((one) => one.document.id)));
    expect(ids).toEqual(same);
    const all = found.flat();
    const told = all.filter(({ besideSimilarity }) => besideSimilarity !== undefined);
    expect(told.length).toBeGreaterThan(0.9 * all.length);
    const [exact] = await store.similarities({
      ...NEAR,
      vectors: [beside],
      ids: told.map(({ document }) => document.id),
    });
    told.forEach(({ besideSimilarity }, i) => expect(besideSimilarity).toBeCloseTo(exact![i]!, 4));
  }, 120_000);

  it("finds a tenant's own alone, however near another one's lie", async () => {
    await collections.close();
    const store = await open();
    const random = randomNumbers(10);
    const [vector, further] = [randomVector(random), randomVector(random)];
    const mine = textDocument("mine", { tenant: "mine", vector });
    const theirs = textDocument("theirs", { tenant: "theirs", vector: further });
    await store.upsert([mine, theirs]);
    const near = { ...NEAR, vectors: [vector], limit: 1 };
    for (const beside of [undefined, further]) {
      for (const { document } of [mine, theirs, mine]) {
        const found = await store.neighbours({ ...near, tenant: document.tenant, ...(beside && { beside }) });
        expect(found.map((list) => list.map((one) => one.document))).toEqual([[document]]);
      }
    }
  }, 120_000);

  async function replaceBy256(name: string): Promise<void> {
    const of = { collection_name: name };
    await connection.run("release it", (client) => client.releaseCollection(of));
    await dropIndex(connection, name);
    const params = { index_type: "IVF_FLAT", metric_type: "COSINE", params: { nlist: 256 } };
    await connection.run("make it as it was made", (client) =>
      client.createIndex({ ...of, field_name: VECTOR_FIELD, ...params }),
    );
    await connection.run("load it", (client) => client.loadCollectionSync(of));
  }
}
