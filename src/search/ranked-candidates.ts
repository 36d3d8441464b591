import { findCandidates } from "./candidates";
import type { Lookups } from "./lookups";
import type { ScoredDocument } from "./ranking/candidate";
import type { PerModality } from "./ranking/kinds";
import type { Ranker } from "./ranking/ranker";
import type { SearchRequest } from "./search-request";
import type { Stopwatch } from "./stopwatch";

export interface RankedList {
  /** Best first. */
  readonly ranked: readonly ScoredDocument[];
  /** Whether there may be more candidates of a modality than those that are ranked. */
  readonly deeper: PerModality<boolean>;
}

/** What a query finds, ranked, as deep as it is asked for. Steps that look equally deep look at the same list. */
export class RankedCandidates {
  #last: { readonly depth: number; readonly list: RankedList } | null = null;

  constructor(
    private readonly request: SearchRequest,
    private readonly ranker: Ranker,
    private readonly lookups: Lookups,
    private readonly watch: Stopwatch,
  ) {}

  /** `depth`: how many neighbours of each modality. */
  async upTo(depth: number): Promise<RankedList> {
    if (this.#last?.depth === depth) return this.#last.list;
    const { candidates, keywords, deeper } = await this.watch.store(() =>
      findCandidates({ depth, ...this.request }, this.ranker, this.lookups),
    );
    const list = { ranked: this.watch.rank(() => this.ranker.rank(candidates, keywords)), deeper };
    this.#last = { depth, list };
    return list;
  }
}
