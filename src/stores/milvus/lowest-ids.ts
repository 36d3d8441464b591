import type { Filter } from "../../documents/filter";
import type { PageQuery } from "../../ports/document-store";
import type { CollectionCalls } from "./collection-calls";
import { DIGITS, idAt, positionOf } from "./id-range";
import { milvusFilter } from "./milvus-filter";
import type { MilvusRow } from "./milvus-row";

/** The most rows that Milvus returns at once. */
export const MAX_WINDOW = 16_384;

/** Reads rows in the order of their ids, which no Milvus sorts by: range by range of ids, each sorted here. */
export class LowestIds {
  #paged: { readonly of: string; readonly total: number } | null = null;

  constructor(
    private readonly calls: CollectionCalls,
    /** How many rows an answer may have, where they are large. */
    private readonly rowsAnAnswer: () => number = () => Infinity,
  ) {}

  async read(query: PageQuery, fields: readonly string[]): Promise<MilvusRow[]> {
    const total = await this.#aboutTotal(query);
    const aimed = Math.min(query.limit * 1.5 + 32, this.rowsAnAnswer());
    let share = total === 0 ? 1 : aimed / total;
    let from = query.afterId;
    const found: MilvusRow[] = [];
    while (found.length < query.limit) {
      const before = idAt((from === null ? 0 : positionOf(from)) + share);
      const rows = await this.calls.query(inRange(query.tenant, query.filter, from, before), fields, MAX_WINDOW);
      if (rows.length === MAX_WINDOW) {
        share /= 4;
        continue;
      }
      found.push(...rows.sort((a, b) => (a.id < b.id ? -1 : 1)));
      if (before === null) break;
      from = before;
    }
    return found.slice(0, query.limit);
  }

  /** How many documents there are to page through: counted for the first page, since Lite takes seconds for 10,000. */
  async #aboutTotal({ tenant, filter, afterId }: PageQuery): Promise<number> {
    const of = JSON.stringify([tenant, filter]);
    if (afterId === null || this.#paged?.of !== of) {
      this.#paged = { of, total: await this.calls.count(milvusFilter(tenant, filter)) };
    }
    return this.#paged.total;
  }
}

/** Rows with from <= id < before (from < id for a whole id, a document's or a passage's). */
function inRange(tenant: string, filter: Filter | null, from: string | null, before: string | null): string {
  const bounds = [
    ...(from === null ? [] : [`id ${from.length > DIGITS ? ">" : ">="} ${JSON.stringify(from)}`]),
    ...(before === null ? [] : [`id < ${JSON.stringify(before)}`]),
  ];
  return [milvusFilter(tenant, filter), ...bounds].join(" and ");
}
