import { isDocumentId } from "../../documents/document";
import type { Position } from "../../search/search-request";
import { readCursor } from "../cursor";

type Written = readonly [
  ranking: string,
  calibration: string,
  rank: number,
  score: number,
  id: string,
  reranked: boolean,
];

/** A hit's place in its ranking as a cursor holds it. */
export const writePosition = ({ ranking, calibration, rank, score, id, reranked }: Position): string =>
  JSON.stringify([ranking, calibration, rank, score, id, reranked] satisfies Written);

/** The place that a cursor of this query stands for. Throws INVALID_CURSOR for any other string. */
export function readPosition(query: unknown, cursor: string): Position {
  const [ranking, calibration, rank, score, id, reranked] = JSON.parse(readCursor(query, cursor, isWritten)) as Written;
  return { ranking, calibration, rank, score, id, reranked };
}

function isWritten(value: unknown): value is string {
  if (typeof value !== "string") return false;
  try {
    const [ranking, calibration, rank, score, id, reranked] = JSON.parse(value) as unknown[];
    const isRank = Number.isInteger(rank) && (rank as number) > 0;
    return (
      typeof ranking === "string" &&
      typeof calibration === "string" &&
      isRank &&
      Number.isFinite(score) &&
      isDocumentId(id) &&
      typeof reranked === "boolean"
    );
  } catch {
    return false;
  }
}
