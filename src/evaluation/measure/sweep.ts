import { AppError } from "../../errors";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import { MODALITIES, type Modality } from "../../documents/document";
import type { Ranking } from "../../search/ranking/ranking";
import { average } from "../../search/average";
import type { EmbeddedDataSet, EvaluatedQuery } from "../vectors/embed-data-set";
import { DocumentScan } from "./document-scan";
import { mixesOf, type Mix } from "./mixes";
import { questionFor, scoreQuery } from "./score-query";
import { answeredEitherWay, findTwins } from "./twins";

/** NDCG@10 by ranking, query by query; the mean over the draws. */
export type NdcgByRanking = Readonly<Partial<Record<Ranking, readonly number[]>>>;

export interface SweepPoint {
  /** Null: each thing is there as a text and as a picture. */
  readonly share: number | null;
  readonly ndcgAt10: NdcgByRanking;
}

/** The sweep with the queries of one kind. */
export interface Sweep {
  readonly query: Modality;
  readonly points: readonly SweepPoint[];
  /** Mean NDCG@10 by plain cosine where all things are there as texts, and where all are as pictures. */
  readonly alone: Readonly<Record<Modality, number>>;
}

export interface SweepOptions {
  readonly calibration: ModelCalibration;
  readonly rankings: readonly Ranking[];
  readonly seed: number;
}

/** What could be had at a share if texts and pictures did not get into each other's way. */
export const ceilingAt = (share: number, { alone }: Pick<Sweep, "alone">): number =>
  (1 - share) * alone.text + share * alone.image;

/**
 * One collection after the other, from texts only to pictures only, and one with both, asked the same queries. Throws
 * BAD_USER_INPUT where no thing is there as a text and as a picture that answer a query.
 */
export async function measureSweep(dataSet: EmbeddedDataSet, options: SweepOptions): Promise<Sweep[]> {
  const twins = findTwins(dataSet.documents);
  const queries = answeredEitherWay(dataSet, twins);
  if (queries.length === 0) throw noTwins();
  const mixes = mixesOf(twins, options, new DocumentScan(dataSet.documents));
  const sweeps: Sweep[] = [];
  for (const kind of MODALITIES) {
    const asked = queries.filter((query) => query.kind === kind);
    if (asked.length > 0) sweeps.push(await sweepWith(kind, asked, mixes, dataSet, options.rankings));
  }
  return sweeps;
}

async function sweepWith(
  query: Modality,
  queries: readonly EvaluatedQuery[],
  mixes: readonly Mix[],
  dataSet: EmbeddedDataSet,
  rankings: readonly Ranking[],
): Promise<Sweep> {
  const points = mixes.map(({ share }) => ({ share, ndcgAt10: noScores() }));
  // Query by query, since a scan remembers its last query.
  for (const one of queries)
    for (const [i, { draws }] of mixes.entries())
      for (const ranking of withCosine(rankings))
        points[i]!.ndcgAt10[ranking].push(await meanNdcg(one, draws, dataSet, ranking));
  const cosineAt = (share: number) => average(points.find((one) => one.share === share)!.ndcgAt10.cosine);
  return { query, points, alone: { text: cosineAt(0), image: cosineAt(1) } };
}

/** The ceiling is by cosine, whatever else is measured. */
const withCosine = (rankings: readonly Ranking[]): Ranking[] => [...new Set([...rankings, "cosine" as const])];

const noScores = (): Record<Ranking, number[]> => ({ calibrated: [], rrf: [], interleaved: [], cosine: [] });

async function meanNdcg(
  query: EvaluatedQuery,
  draws: Mix["draws"],
  dataSet: EmbeddedDataSet,
  ranking: Ranking,
): Promise<number> {
  const scores: number[] = [];
  for (const { documents, collection } of draws) {
    const question = questionFor(query, documents, dataSet);
    const score = question && (await scoreQuery(question, collection, { ranking, modalities: MODALITIES }));
    scores.push(score?.ndcgAt10 ?? 0);
  }
  return average(scores);
}

const noTwins = (): AppError =>
  new AppError(
    "BAD_USER_INPUT",
    "A sweep puts pictures in place of texts, but no thing of the data set is there as both, with a query that both answer. " +
      "Give documents a `thing`, or leave --sweep out.",
  );
