import { AppError } from "../../../errors";
import type { Calibration } from "../../../search/calibration";
import { MODALITIES, type Modality } from "../../../search/document";
import type { Ranking } from "../../../search/ranking";
import { meanOf } from "../metrics/bootstrap";
import type { EmbeddedDataSet, EvaluatedDocument, EvaluatedQuery } from "../vectors/embed-data-set";
import { CollectionSearch } from "./collection-search";
import { questionsFor, scoreQueries } from "./score-queries";
import { answeredEitherWay, findTwins, replaced, shuffled } from "./twins";

/** Shares of the things that are there as a picture in place of a text. */
export const SHARES: readonly number[] = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** How often chance chooses which things are replaced. */
const DRAWS = 3;

/** NDCG@10 of each ranking, query by query, the mean over the draws. */
export interface SweepPoint {
  /** Null: each thing is there as a text and as a picture. */
  readonly share: number | null;
  readonly ndcgAt10: Readonly<Partial<Record<Ranking, readonly number[]>>>;
}

/** The sweep with the queries of one kind. */
export interface Sweep {
  readonly query: Modality;
  readonly points: readonly SweepPoint[];
  /** Mean NDCG@10 by plain cosine where all things are there as texts, and where all are as pictures. */
  readonly alone: Readonly<Record<Modality, number>>;
}

export interface SweepOptions {
  readonly calibration: Calibration;
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
  const orders = Array.from({ length: DRAWS }, (_, i) => shuffled(twins, options.seed + i));
  const mixes = SHARES.map((share) => {
    const draws = orders.map((order) => replaced(order, share));
    return { share, draws: share === 0 || share === 1 ? draws.slice(0, 1) : draws };
  });
  const both = { share: null, draws: [twins.flatMap(({ text, image }) => [...text, ...image])] };
  const sweeps: Sweep[] = [];
  for (const query of MODALITIES) {
    const asked = queries.filter(({ kind }) => kind === query);
    if (asked.length === 0) continue;
    const score = (documents: readonly EvaluatedDocument[], ranking: Ranking) =>
      ndcg(asked, documents, ranking, dataSet, options.calibration);
    const points: SweepPoint[] = [];
    for (const { share, draws } of [...mixes, both])
      points.push({ share, ndcgAt10: await scoreDraws(draws, options.rankings, score) });
    const alone = async (share: 0 | 1) => meanOf(await score(replaced(twins, share), "cosine"));
    sweeps.push({ query, points, alone: { text: await alone(0), image: await alone(1) } });
  }
  return sweeps;
}

type Score = (documents: readonly EvaluatedDocument[], ranking: Ranking) => Promise<number[]>;

async function scoreDraws(
  draws: readonly (readonly EvaluatedDocument[])[],
  rankings: readonly Ranking[],
  score: Score,
): Promise<SweepPoint["ndcgAt10"]> {
  const scores: Partial<Record<Ranking, number[]>> = {};
  for (const ranking of rankings) {
    const found: number[][] = [];
    for (const documents of draws) found.push(await score(documents, ranking));
    scores[ranking] = found[0]!.map((_, i) => meanOf(found.map((draw) => draw[i]!)));
  }
  return scores;
}

async function ndcg(
  queries: readonly EvaluatedQuery[],
  documents: readonly EvaluatedDocument[],
  ranking: Ranking,
  dataSet: EmbeddedDataSet,
  calibration: Calibration,
): Promise<number[]> {
  const collection = new CollectionSearch(documents, calibration);
  const scores = await scoreQueries(questionsFor(queries, documents, dataSet), collection, {
    ranking,
    modalities: MODALITIES,
  });
  return scores.map(({ ndcgAt10 }) => ndcgAt10);
}

const noTwins = (): AppError =>
  new AppError(
    "BAD_USER_INPUT",
    "A sweep puts pictures in place of texts, but no thing of the data set is there as both, with a query that both answer. " +
      "Give documents a `thing`, or leave --sweep out.",
  );
