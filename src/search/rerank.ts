import { AppError } from "../errors";
import { given, pictureOf } from "../documents/sparse-document";
import { inParallel } from "../in-parallel";
import type { PictureKey } from "../ports/media-store";
import type { RerankContent, Reranker } from "../ports/reranker";
import type { ScoredDocument } from "./ranking/candidate";

/** What rereads the first hits of a ranking, and how long it may take. */
export interface RerankStage {
  readonly reranker: Reranker;
  readonly timeoutMs: number;
  /** A picture for rerankers that take some; null: it was deleted. */
  readonly readPicture: (picture: PictureKey) => Promise<{ mediaType: string; bytes: Uint8Array } | null>;
}

/** "late", "failed": the first order stays; "nothing": there was nothing to read. */
export type RerankStatus = "applied" | "late" | "failed" | "nothing";

export interface RerankReport {
  readonly model: string;
  readonly status: RerankStatus;
  /** Why the first order stays; null: it does not. */
  readonly reason: string | null;
  /** How many hits were read. */
  readonly read: number;
}

/** What a reranker made of the first hits of a ranking. */
export interface Reranked {
  readonly report: RerankReport;
  /** By the hit's id: the score of its new place, and what the reranker gave it. */
  readonly places: ReadonlyMap<string, { readonly score: number; readonly rerankScore: number }>;
}

const PICTURES_AT_ONCE = 4;

/**
 * Puts hits in the reranker's order among the places that they hold: the scores of the places stay, so that hits which it does not
 * read, pictures without words, stand where they stood. Never throws for the reranker: late or failing, nothing changes.
 */
export async function rerank(query: string, hits: readonly ScoredDocument[], stage: RerankStage): Promise<Reranked> {
  const model = stage.reranker.name;
  const unchanged = (status: RerankStatus, reason: string, read = 0): Reranked => ({
    report: { model, status, reason, read },
    places: new Map(),
  });
  try {
    return await within(stage.timeoutMs, async (signal) => {
      const { read, contents } = await readable(hits, stage);
      signal.throwIfAborted();
      if (read.length === 0) return unchanged("nothing", "None of the first hits has words that it could read.");
      const scores = await stage.reranker.score(query, contents, signal);
      return { report: { model, status: "applied", reason: null, read: read.length }, places: placesOf(read, scores) };
    });
  } catch (thrown) {
    if (thrown instanceof Late) return unchanged("late", `The reranker took longer than ${stage.timeoutMs} ms.`);
    return unchanged("failed", thrown instanceof AppError ? thrown.message : "The reranker failed unexpectedly.");
  }
}

class Late extends Error {
  override readonly name = "Late";
}

/** Ends with the time also where the work does not heed the signal. */
async function within<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborting = new AbortController();
  const late = new Promise<never>((_, reject) => {
    aborting.signal.addEventListener("abort", () => reject(aborting.signal.reason as Error));
  });
  const timer = setTimeout(() => aborting.abort(new Late()), timeoutMs);
  try {
    return await Promise.race([work(aborting.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The hits that it can read: texts, of long ones the passage that answers, captions, and pictures themselves where it takes them. */
async function readable(hits: readonly ScoredDocument[], { reranker, readPicture }: RerankStage) {
  const contents = await inParallel(
    hits,
    PICTURES_AT_ONCE,
    async ({ document, passage }): Promise<RerankContent | null> => {
      if (document.modality === "text")
        return { kind: "text", text: given(document.text).slice(passage?.start, passage?.end) };
      const picture = reranker.takesPictures ? await readPicture(pictureOf(document)) : null;
      if (picture !== null) return { kind: "image", ...picture };
      const caption = given(document.caption);
      return caption === null ? null : { kind: "text", text: caption };
    },
  );
  return {
    read: hits.filter((_, i) => contents[i] !== null),
    contents: contents.filter((content) => content !== null),
  };
}

/** Equal scores in the first order. */
function placesOf(read: readonly ScoredDocument[], scores: readonly number[]): Reranked["places"] {
  const order = [...read.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  return new Map(
    order.map((from, place) => [read[from]!.document.id, { score: read[place]!.score, rerankScore: scores[from]! }]),
  );
}

/** A ranking with the places that a reranker gave out; equal scores in the reranker's order. */
export function inPlaces(ranked: readonly ScoredDocument[], reranked: Reranked | null): readonly ScoredDocument[] {
  if (reranked === null || reranked.places.size === 0) return ranked;
  return ranked
    .map((hit) => {
      const place = reranked.places.get(hit.document.id);
      const { score: firstScore } = hit;
      return place ? { ...hit, score: place.score, reranked: { score: place.rerankScore, firstScore } } : hit;
    })
    .sort((a, b) => b.score - a.score || rerankScoreOf(b) - rerankScoreOf(a) || 0);
}

const rerankScoreOf = ({ reranked }: ScoredDocument): number => reranked?.score ?? -Infinity;
