import { createHash } from "node:crypto";
import { AppError } from "../errors";

type Position = string | number;

const digest = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 12);

/** Ties a position to the query, so that a cursor that was cut or changed on its way is told from one that was made. */
const seal = (madeBy: string, position: Position): string => digest([madeBy, position]);

/** Makes opaque cursors: positions in the list that this query made. The query, a picture perhaps, is hashed once. */
export function cursorMaker(query: unknown): (position: Position) => string {
  const madeBy = digest(query);
  return (position) => Buffer.from(JSON.stringify([seal(madeBy, position), position])).toString("base64url");
}

/** The position that a cursor of the same query stands for. Throws INVALID_CURSOR for any other string. */
export function readCursor<T extends Position>(
  query: unknown,
  cursor: string,
  isPosition: (value: unknown) => value is T,
): T {
  const [sealed, position] = parse(cursor);
  if (isPosition(position) && sealed === seal(digest(query), position)) return position;
  throw new AppError(
    "INVALID_CURSOR",
    "`after` is no cursor of this query. Pass a cursor that the same query returned, or none.",
  );
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
