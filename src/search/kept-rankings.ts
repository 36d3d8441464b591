import { randomUUID } from "node:crypto";
import type { Ranker } from "./ranking/ranker";
import type { Reranked } from "./rerank";

/** The last hit that a client saw of a ranking. */
export interface LastHit {
  readonly rank: number;
  readonly score: number;
  readonly id: string;
}

/** A hit that was given out. */
export interface ShownHit {
  readonly id: string;
  /** Name of its group; null: none. */
  readonly group: string | null;
}

/** A ranking that is being paged: the query's vectors and the calibration stay as they were for its first page. */
export interface KeptRanking {
  readonly id: string;
  readonly ranker: Ranker;
  /** What a reranker made of its first hits; null: none was asked. */
  readonly reranked: Reranked | null;
  /** Where it was taken up; what came before is known only by its score. Null: from its first hit. */
  readonly from: LastHit | null;
  /** The hits that were given out, in their order. */
  readonly shown: readonly ShownHit[];
}

/** Whether a reranker put its first hits into another order. */
export const isReranked = ({ reranked }: KeptRanking): boolean => reranked?.report.status === "applied";

export interface KeptRankingsOptions {
  /** How many are kept, and how many hits they remember in all; what was not paged for longest goes first. */
  readonly max: number;
  readonly maxHits: number;
  /** How long one is kept after its last page. */
  readonly keepMs: number;
}

/** Rankings whose next page may be asked for, in memory. */
export class KeptRankings {
  readonly #kept = new Map<string, KeptRanking & { readonly untilMs: number }>();
  #hits = 0;

  constructor(private readonly options: KeptRankingsOptions) {}

  /** A new ranking, of which nothing was shown. */
  begin(ranker: Ranker): KeptRanking {
    return { id: randomUUID(), ranker, reranked: null, from: null, shown: [] };
  }

  /** Null: it is not kept any more, or never was. */
  find(id: string): KeptRanking | null {
    const kept = this.#kept.get(id);
    return kept && kept.untilMs > Date.now() ? kept : null;
  }

  /** Notes what was given out behind the first `passed` hits that it knows. A look back forgets no later page. */
  keep(ranking: KeptRanking, passed: number, hits: readonly ShownHit[]): void {
    const ids = new Set(hits.map(({ id }) => id));
    const later = ranking.shown.slice(passed + hits.length).filter(({ id }) => !ids.has(id));
    const shown = [...ranking.shown.slice(0, passed), ...hits, ...later];
    this.#forget(ranking.id);
    this.#kept.set(ranking.id, { ...ranking, shown, untilMs: Date.now() + this.options.keepMs });
    this.#hits += shown.length;
    const { max, maxHits } = this.options;
    for (const [id, { untilMs }] of this.#kept) {
      if (this.#kept.size <= max && this.#hits <= maxHits && untilMs > Date.now()) break;
      this.#forget(id);
    }
  }

  #forget(id: string): void {
    this.#hits -= this.#kept.get(id)?.shown.length ?? 0;
    this.#kept.delete(id);
  }
}
