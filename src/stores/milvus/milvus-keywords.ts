import { AppError } from "../../errors";
import type { KeywordMatch, KeywordQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import type { FoundDocuments } from "./found-documents";
import { hasKeywords, KEYWORDS_FIELD } from "./keyword-schema";
import type { MilvusConnection } from "./milvus-connection";
import { milvusFilter } from "./milvus-filter";
import { indexOf } from "./milvus-index";
import type { MilvusRow } from "./milvus-row";
import type { Found } from "./search-rows";

const METRIC = "BM25";
/** How soon more of the same word stops counting, and how much a text's length counts: the values of the literature. */
const BM25 = { bm25_k1: 1.2, bm25_b: 0.75 };
/** What every analyzer finds a word in. Servers refuse a query in which theirs finds none. */
const WORD = /[\p{L}\p{N}]/u;

const NO_KEYWORDS =
  "This collection was made without search by keyword, which needs Milvus 2.5 or later, Milvus Lite or Zilliz Cloud. " +
  "There, `npx parallax-search export` and an import into a new collection (another COLLECTION_PREFIX) give it to the same documents.";

/** Search by keyword in one collection, as far as the collection has it. */
export class MilvusKeywords {
  /** Why there is none and what to do; null: there is. */
  unsupported: string | null = NO_KEYWORDS;

  constructor(
    private readonly connection: MilvusConnection,
    private readonly calls: CollectionCalls,
    private readonly found: FoundDocuments,
  ) {}

  /** Looks what the collection has, mending an index that a crash left undone; before it is loaded. */
  async prepare(): Promise<void> {
    const of = { collection_name: this.calls.name };
    // Past the SDK's cache, which it then fills: a collection of this name may have been made anew.
    const found = await this.connection.run("describe the collection", (client) =>
      client.describeCollection({ ...of, cache: false }),
    );
    this.unsupported = hasKeywords(found) ? null : NO_KEYWORDS;
    if (this.unsupported !== null || (await indexOf(this.connection, this.calls.name, KEYWORDS_FIELD))) return;
    await this.connection.run("create the index of its keywords", (client) =>
      client.createIndex({
        ...of,
        field_name: KEYWORDS_FIELD,
        index_type: "SPARSE_INVERTED_INDEX",
        metric_type: METRIC,
        params: BM25,
      }),
    );
  }

  /** Documents with these words, best first; none where there is no word in them. Throws KEYWORDS_UNSUPPORTED. */
  async matches({ tenant, words, limit, filter }: KeywordQuery): Promise<KeywordMatch[]> {
    if (this.unsupported !== null) throw new AppError("KEYWORDS_UNSUPPORTED", this.unsupported);
    if (!WORD.test(words)) return [];
    const search = (fields: readonly string[]) => this.#search(words, milvusFilter(tenant, filter), limit, fields);
    const asked = { tenant, modality: null, rows: limit };
    const [found = []] = await this.found.of({ ...asked, search: async (fields) => [await search(fields)] });
    // Lite's scores are below 0, best first, a server's above.
    return found
      .map(({ document, score }) => ({ document, keywordScore: Math.abs(score) }))
      .filter(({ keywordScore }) => keywordScore > 0);
  }

  async #search(words: string, filter: string, limit: number, fields: readonly string[]): Promise<Found<MilvusRow>[]> {
    const answer = await this.calls.read("search by keyword", (client, consistency) =>
      client.search({
        collection_name: this.calls.name,
        // Lite does this by itself, to texts as well; a server's analyzer takes both as they are.
        data: [words.normalize("NFC")],
        anns_field: KEYWORDS_FIELD,
        metric_type: METRIC,
        params: {},
        limit,
        filter,
        output_fields: [...fields],
        ...consistency,
      }),
    );
    return answer.results as unknown as Found<MilvusRow>[];
  }
}
