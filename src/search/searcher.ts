import { AppError } from "../errors";
import { checkCombination } from "./check-combination";
import { embedQuery } from "./embed-query";
import { isReranked, type KeptRanking, type KeptRankings, type ShownHit } from "./kept-rankings";
import { lazy } from "./lazy";
import type { Lookups } from "./lookups";
import { goesOnByScore, nextHits, poolFor } from "./next-hits";
import type { Calibration } from "./ranking/calibration";
import { groupName } from "./ranking/group";
import type { ScoredDocument } from "./ranking/candidate";
import { RankedCandidates } from "./ranked-candidates";
import { Ranker } from "./ranking/ranker";
import { rerank, type RerankReport, type RerankStage } from "./rerank";
import { rerankQuery } from "./rerank-query";
import { toSearchHit, type SearchHit } from "./search-hit";
import type { SearchRequest } from "./search-request";
import { Stopwatch, type SearchTimings } from "./stopwatch";

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly hasNextPage: boolean;
  /** What reranking came to; null: it was not asked for. */
  readonly rerank: RerankReport | null;
  readonly timings: SearchTimings;
}

export interface SearcherOptions {
  /** The calibration in force. */
  readonly calibration: () => Calibration;
  readonly kept: KeptRankings;
  /** How many hits a ranking has at most. */
  readonly maxHits: number;
  /** Null: reranking is not configured. */
  readonly reranking: RerankStage | null;
}

/** A ranking, and what it is taken from. */
interface Walk {
  readonly kept: KeptRanking;
  readonly candidates: RankedCandidates;
}

/** How deep candidates are looked for, at most: what a store can answer. */
export const MAX_DEPTH = 8_192;

/** Candidates beyond those that are shown, since exact scoring may order them otherwise than the search did. */
export const candidatesFor = (shown: number): number => 2 * shown + 16;

/** Finds texts and pictures by either and puts both into one list. */
export class Searcher {
  constructor(private readonly options: SearcherOptions) {}

  /** The reranker's name; null: reranking is not configured. */
  get rerankModel(): string | null {
    return this.options.reranking?.reranker.name ?? null;
  }

  async search(request: SearchRequest, lookups: Lookups): Promise<SearchResult> {
    checkCombination(request, this.rerankModel);
    const watch = new Stopwatch();
    const known = this.#kept(request);
    const walk =
      known === null
        ? await this.#takeUp(request, lookups, watch)
        : { kept: known, candidates: new RankedCandidates(request, known.ranker, lookups, watch) };
    const { kept } = walk;
    const start = kept.from?.rank ?? 0;
    const passed = request.after?.rank ?? 0;
    const before = kept.shown.slice(0, passed - start);
    const first = Math.min(request.first, this.options.maxHits - passed);
    const from = { ...walk, kept: { ...kept, shown: before } };
    const found = first > 0 ? await this.#find({ ...request, first }, from, watch) : [];
    const shown = found.slice(0, first);
    // Who asks for no cursor asks for no other page.
    const keep = lazy(() => {
      kept.ranker.settle();
      this.options.kept.keep(
        kept,
        before.length,
        shown.map(({ document }) => asShown(document, request)),
      );
    });
    const page = { request, kept, keep, lookups };
    const hits = shown.map((hit, i) => toSearchHit(hit, passed + i + 1, page));
    const hasNextPage = found.length > first && passed + first < this.options.maxHits;
    return { hits, hasNextPage, rerank: kept.reranked?.report ?? null, timings: watch.timings };
  }

  /** Null: it is kept nowhere, or by another server. */
  #kept({ after }: SearchRequest): KeptRanking | null {
    const kept = after === null ? null : this.options.kept.find(after.ranking);
    return kept !== null && after!.rank >= (kept.from?.rank ?? 0) ? kept : null;
  }

  /** A new ranking, or one that is not kept: behind its last score where that is enough, else made again from its start. */
  async #takeUp(request: SearchRequest, lookups: Lookups, watch: Stopwatch): Promise<Walk> {
    const { after } = request;
    const begun = await this.#begin({ ...request, after: null }, lookups, watch);
    if (after === null) return begun;
    if (goesOnByScore(request, after.calibration === begun.kept.ranker.calibration.version))
      return { ...begun, kept: { ...begun.kept, from: after } };
    const again = await this.#find({ ...request, after: null, first: after.rank }, begun, watch);
    const shown = again.slice(0, after.rank).map(({ document }) => asShown(document, request));
    // The last hit in the same place: all that came before it was shown.
    const isSame = shown.at(-1)?.id === after.id && isReranked(begun.kept) === after.reranked;
    if (shown.length === after.rank && isSame) return { ...begun, kept: { ...begun.kept, shown } };
    throw new AppError(
      "CURSOR_EXPIRED",
      "The ranking that `after` belongs to is not kept any more, and what is stored has changed. Search again without `after`.",
    );
  }

  async #begin(request: SearchRequest, lookups: Lookups, watch: Stopwatch): Promise<Walk> {
    const query = await embedQuery(request, lookups, watch);
    const ranker = watch.rank(() => new Ranker(request.ranking, query, this.options.calibration()));
    const kept = this.options.kept.begin(ranker);
    return this.#rerank(request, { kept, candidates: new RankedCandidates(request, ranker, lookups, watch) }, watch);
  }

  /** The ranking with its first hits reread: those that a plain list of them would have. */
  async #rerank(request: SearchRequest, walk: Walk, watch: Stopwatch): Promise<Walk> {
    const { reranking } = this.options;
    if (request.rerank === null || reranking === null) return walk;
    const { candidates } = request.rerank;
    const plain = { ...request, first: Math.max(candidates, request.first), groupBy: null, diversity: 0 };
    const first = (await this.#find(plain, walk, watch)).slice(0, candidates);
    const reranked = await watch.rerank(() => rerank(rerankQuery(request)!, first, reranking));
    return { ...walk, kept: { ...walk.kept, reranked } };
  }

  /** The hits after those of a ranking that were shown: more than `first` where there are more. */
  async #find(request: SearchRequest, { kept, candidates }: Walk, watch: Stopwatch): Promise<ScoredDocument[]> {
    const shown = (kept.from?.rank ?? 0) + kept.shown.length + request.first;
    const wanted = Math.max(shown, request.rerank?.candidates ?? 0);
    const pool = poolFor(wanted, request.diversity);
    for (let depth = Math.min(candidatesFor(pool), MAX_DEPTH); ; depth = Math.min(4 * depth, MAX_DEPTH)) {
      const { ranked, deeper } = await candidates.upTo(depth);
      const { hits, sure } = watch.rank(() => nextHits(request, kept, ranked, deeper));
      if (sure || depth === MAX_DEPTH) return hits;
    }
  }
}

const asShown = (document: ScoredDocument["document"], { groupBy }: SearchRequest): ShownHit => ({
  id: document.id,
  group: groupBy === null ? null : groupName(document, groupBy),
});
