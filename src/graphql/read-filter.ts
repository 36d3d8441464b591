import { AppError } from "../errors";
import type { Filter, MetadataComparison as Comparison } from "../search/filter";
import type { DocumentFilter, MetadataComparison, MetadataFilter } from "./filter.input";

const wrong = (why: string) => new AppError("INVALID_FILTER", `The filter ${why}.`);
const MAX_KEY_LENGTH = 256;

/** What a metadata key that a client names must be, and whether it is. */
export const METADATA_KEY_RULE = `1 to ${MAX_KEY_LENGTH} characters long`;
export const isMetadataKey = (key: string): boolean => key !== "" && key.length <= MAX_KEY_LENGTH;

const MAX_DEPTH = 16;

/** The core's filter for a client's; null for none. Throws INVALID_FILTER when it is too large or compares oddly. */
export function readFilter(where: DocumentFilter | null | undefined, maxTerms: number): Filter | null {
  if (where === null || where === undefined) return null;
  let terms = 0;
  const count = (more: number) => {
    terms += more;
    if (terms > maxTerms) throw wrong(`has more than ${maxTerms} conditions and values; split the query`);
  };
  const read = (filter: DocumentFilter, depth: number): Filter => {
    if (depth > MAX_DEPTH) throw wrong(`is nested more than ${MAX_DEPTH} levels deep`);
    count(1);
    if (filter.all) return { kind: "all", filters: filter.all.map((one) => read(one, depth + 1)) };
    if (filter.any) return { kind: "any", filters: filter.any.map((one) => read(one, depth + 1)) };
    if (filter.not) return { kind: "not", filter: read(filter.not, depth + 1) };
    count(filter.id?.in?.length ?? filter.key?.in?.length ?? filter.metadata?.is.in?.length ?? 0);
    return readLeaf(filter);
  };
  return read(where, 1);
}

function readLeaf({ id, key, modality, createdAt, metadata }: DocumentFilter): Filter {
  if (id?.in) return { kind: "id", in: id.in };
  if (key?.in) return { kind: "key", in: key.in };
  if (key?.startsWith !== undefined) return { kind: "keyPrefix", prefix: key.startsWith };
  if (modality) return { kind: "modality", modality };
  if (createdAt) return { kind: "createdAt", from: createdAt.from ?? null, before: createdAt.before ?? null };
  if (metadata) return readMetadata(metadata);
  throw wrong("is empty: give exactly one field");
}

function readMetadata({ key, is }: MetadataFilter): Filter {
  if (!isMetadataKey(key)) throw wrong(`names a metadata key that is not ${METADATA_KEY_RULE}`);
  return { kind: "metadata", key, comparison: readComparison(is) };
}

function readComparison(is: MetadataComparison): Comparison {
  if (is.equals !== undefined) return { op: "equals", value: is.equals };
  if (is.in) return { op: "in", values: is.in };
  if (is.contains !== undefined) return { op: "contains", value: is.contains };
  if (is.startsWith !== undefined) return { op: "startsWith", value: is.startsWith };
  if (is.exists !== undefined) return { op: "exists", value: is.exists };
  if (is.greaterThan !== undefined) return { op: "greaterThan", value: orderable(is.greaterThan) };
  if (is.lessThan !== undefined) return { op: "lessThan", value: orderable(is.lessThan) };
  throw wrong("compares a metadata key with nothing: give exactly one comparison");
}

function orderable(value: string | number | boolean): string | number {
  if (typeof value !== "boolean") return value;
  throw wrong("orders by a boolean; greaterThan and lessThan take numbers and strings");
}
