import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type GraphQLAnswer, type TestServer } from "../../support/server";

const SERVERS = 3;
const WORDS = ["cat", "dog", "bird", "tree", "boat", "house", "train", "flower"];
const TEXTS = Array.from({ length: 120 }, (_, i) => `A ${WORDS[i % WORDS.length]} seen on day ${i}`);
const RANKINGS = ["CALIBRATED", "COSINE", "RRF", "INTERLEAVED"];

interface Found {
  readonly searchByText: {
    readonly nodes: readonly { readonly rank: number; readonly document: { readonly id: string } }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  };
}

const SEARCH = `query ($text: String!, $ranking: Ranking!, $after: String) {
  searchByText(input: { text: $text, ranking: $ranking }, first: 7, after: $after) {
    nodes { ... on RankedHit { rank document { id } } }
    pageInfo { endCursor hasNextPage }
  }
}`;
const STORE = `mutation ($items: [TextInput!]!) { ingestTexts(input: $items) { results { __typename } } }`;

/** Three servers on one Milvus, one media store and one ledger, asked in turn as by a balancer that knows nothing of them. */
export function severalServers(milvusUri: () => string): void {
  let folder: string;
  let servers: TestServer[];
  let turn = 0;
  const ask = <R>(query: string, variables: object = {}): Promise<GraphQLAnswer<R>> =>
    servers[turn++ % SERVERS]!.ask<R, object>(query, variables);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parallax-"));
    const env = {
      MILVUS_URI: milvusUri(),
      COLLECTION_PREFIX: "several",
      STORE_TIMEOUT_MS: "110000",
      DECODER_PROCESSES: "1",
    };
    servers = [await startTestServer({ folder, env })];
    for (let i = 1; i < SERVERS; i++) servers.push(await startTestServer({ folder, env }));
  }, 300_000);
  afterAll(async () => {
    for (const server of servers ?? []) await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const countOf = async (server: TestServer) =>
    (await server.ask<{ collection: { texts: number } }, unknown>("{ collection { texts } }")).data.collection.texts;
  const versionOf = async (server: TestServer) => {
    const query = "{ collection { calibration { version } } }";
    const { data } = await server.ask<{ collection: { calibration: { version: string } } }, unknown>(query);
    return data.collection.calibration.version;
  };
  /** Until a server sees that many texts; Milvus tells other servers of a write within seconds. */
  const untilSeen = async (count: number) => {
    for (const server of servers)
      for (let tries = 0; (await countOf(server)) !== count && tries < 100; tries++)
        await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await Promise.all(servers.map(countOf))).toEqual(servers.map(() => count));
  };
  const pages = async (ranking: string, next: () => TestServer) => {
    const ids: string[] = [];
    for (let after: string | null = null; ids.length < 28;) {
      const variables: object = { text: "an animal on a day", ranking, after };
      const { data, errors }: GraphQLAnswer<Found> = await next().ask(SEARCH, variables);
      expect(errors).toBeUndefined();
      ids.push(...data.searchByText.nodes.map(({ document }) => document.id));
      after = data.searchByText.pageInfo.endCursor;
    }
    return ids;
  };

  it("find what any of them stored", async () => {
    for (let at = 0; at < TEXTS.length; at += 20) {
      const items = TEXTS.slice(at, at + 20).map((text) => ({ text }));
      expect((await ask(STORE, { items })).errors).toBeUndefined();
    }
    await untilSeen(TEXTS.length);
  }, 60_000);

  it("come to one calibration, that of a server which starts now", async () => {
    // What all of them had before they looked at what is stored would be one, too.
    servers[0] = await servers[0]!.restart();
    const settled = await versionOf(servers[0]);
    const versions = () => Promise.all(servers.map(versionOf));
    const differs = (version: string) => version !== settled;
    for (let tries = 0; (await versions()).some(differs) && tries < 300; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await versions()).toEqual(servers.map(() => settled));
  }, 120_000);

  it.each(RANKINGS)("go on with each other's pages: %s", async (ranking) => {
    const alone = await pages(ranking, () => servers[0]!);
    expect(new Set(alone).size).toBe(alone.length);
    expect(await pages(ranking, () => servers[turn++ % SERVERS]!)).toEqual(alone);
  });

  it("keep one document of a key, whoever writes it at the same time", async () => {
    const store = (server: TestServer, i: number) =>
      server.ask(STORE, { items: [{ text: `version ${i}`, key: "contested" }] });
    for (let round = 0; round < 5; round++) await Promise.all(servers.map(store));
    await untilSeen(TEXTS.length + 1);
    const seen = await Promise.all(
      servers.map(async (server) => {
        const answer = await server.ask<{ documentByKey: { text: string } }, unknown>(
          '{ documentByKey(key: "contested") { ... on TextDocument { text } } }',
        );
        return answer.data.documentByKey.text;
      }),
    );
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(/^version [012]$/);
  }, 60_000);
}
