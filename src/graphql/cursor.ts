import { createHash } from "node:crypto";
import { AppError } from "../errors";

const digest = (query: unknown): string =>
  createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);

/** Makes opaque cursors: positions in the list that this query made. The query, a picture perhaps, is hashed once. */
export function cursorMaker(query: unknown): (position: string | number) => string {
  const made = digest(query);
  return (position) => Buffer.from(JSON.stringify([made, position])).toString("base64url");
}

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
