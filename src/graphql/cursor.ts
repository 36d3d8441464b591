import { createHash } from "node:crypto";
import { AppError } from "../errors";

const digest = (query: unknown): string =>
  createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);

/** An opaque cursor: a position in the list that this query made. */
export const makeCursor = (query: unknown, position: string | number): string =>
  Buffer.from(JSON.stringify([digest(query), position])).toString("base64url");

/** The position that a cursor of the same query stands for. Throws INVALID_CURSOR for any other string. */
export function readCursor<T extends string | number>(
  query: unknown,
  cursor: string,
  isPosition: (value: unknown) => value is T,
): T {
  const [made, position] = parse(cursor);
  if (made === digest(query) && isPosition(position)) return position;
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
