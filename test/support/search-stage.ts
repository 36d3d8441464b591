import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../src/config/read-config";
import { drawSamples } from "../../src/samples/draw-samples";
import { DRAWINGS } from "../../src/samples/drawings";
import type { DocumentStore } from "../../src/ports/document-store";
import { openMilvus } from "../../src/stores/milvus/open-milvus";
import {
  CollectionDocument,
  IngestImagesDocument,
  IngestTextsDocument,
  RecreateCollectionDocument,
  SearchDocument,
  type ImageInput,
  type SearchInput,
  type SearchQuery,
  type TextInput,
} from "../generated/operations";
import { silent } from "./models";
import { startTestServer, type GraphQLAnswer, type TestServer } from "./server";

export type Hit = SearchQuery["search"]["nodes"][number];
type Answer = { readonly results: readonly object[] };

/** A picture to store: the key of a sample drawing, and what goes with it. */
export type DrawnPicture = Omit<ImageInput, "image"> & { readonly drawing: string };

const DRAWN = DRAWINGS.filter(({ set }) => set === "noto").slice(0, 40);

/** A whole Parallax with sample drawings at hand, as the tests of search use it. */
export class SearchStage {
  server!: TestServer;
  #milvusUri = "";
  /** What the server logged since it was emptied. */
  readonly logged: { msg: string; items?: number; runs?: number }[] = [];

  /** `keywords`: whether its Milvus has search by keyword. */
  constructor(readonly keywords: boolean) {}

  get drawings() {
    return DRAWN;
  }

  async start(env: Record<string, string>): Promise<void> {
    const log = pino({ level: "debug" }, { write: (line) => void this.logged.push(JSON.parse(line)) });
    this.server = await startTestServer({ env, log });
    this.#milvusUri = env.MILVUS_URI ?? join(this.server.folder, "milvus");
    await drawSamples(DRAWN, this.#samples, () => undefined);
  }

  /**
   * Stops the server and starts one on the same data: nothing that was in memory is left, and the calibration is up to
   * date. `between` may write into the store meanwhile.
   */
  async restart(between?: (store: DocumentStore) => Promise<void>): Promise<void> {
    await this.server.stop();
    if (between) await this.#withStore(between);
    this.server = await this.server.restart();
  }

  /** Also where it did not start. */
  async stop(): Promise<void> {
    await (this.server as TestServer | undefined)?.remove();
  }

  async clear(): Promise<void> {
    const { data } = await this.server.ask(CollectionDocument);
    await this.server.ask(RecreateCollectionDocument, { confirmName: data.collection.name });
  }

  async base64(drawing: string): Promise<string> {
    return (await readFile(join(this.#samples, `${drawing}.png`))).toString("base64");
  }

  /** Ids of the texts, in their order. */
  addTexts(items: readonly TextInput[]): Promise<string[]> {
    return inParts(items, 100, async (input) => {
      const { data } = await this.server.ask(IngestTextsDocument, { input });
      return data.ingestTexts;
    });
  }

  /** Ids of the pictures, in their order. */
  addPictures(items: readonly DrawnPicture[]): Promise<string[]> {
    return inParts(items, 50, async (part) => {
      const image = async ({ drawing, ...rest }: DrawnPicture) => ({
        ...rest,
        image: { base64: await this.base64(drawing) },
      });
      const { data } = await this.server.ask(IngestImagesDocument, { input: await Promise.all(part.map(image)) });
      return data.ingestImages;
    });
  }

  ask(input: SearchInput, page: { first?: number; after?: string | null } = {}): Promise<GraphQLAnswer<SearchQuery>> {
    return this.server.ask(SearchDocument, { input, ...page });
  }

  async search(input: SearchInput, page: { first?: number; after?: string | null } = {}) {
    const answer = await this.ask(input, page);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.search;
  }

  async hits(input: SearchInput, first = 10): Promise<readonly Hit[]> {
    return (await this.search(input, { first })).nodes;
  }

  /** Code and message of the one error that a search must give. */
  async errorOf(input: object, page: { first?: number; after?: string | null } = {}) {
    const { errors } = await this.ask(input as SearchInput, page);
    return { code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
  }

  async #withStore(work: (store: DocumentStore) => Promise<void>): Promise<void> {
    const { milvusUri: uri, collectionPrefix: prefix } = readConfig({ MILVUS_URI: this.#milvusUri });
    const collections = await openMilvus({
      uri,
      prefix,
      token: null,
      litePython: null,
      timeoutMs: 60_000,
      log: silent,
    });
    const active = (await collections.list()).find((one) => one.active)!;
    await work(await collections.open(active.fingerprint));
    await collections.close();
  }

  get #samples(): string {
    return join(this.server.folder, "samples");
  }
}

async function inParts<T>(items: readonly T[], size: number, add: (part: T[]) => Promise<Answer>): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < items.length; at += size) {
    const { results } = await add(items.slice(at, at + size));
    for (const result of results) {
      if (!("documentId" in result)) throw new Error(JSON.stringify(result));
      ids.push(String(result.documentId));
    }
  }
  return ids;
}
