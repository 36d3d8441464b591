import { AppError } from "../../errors";
import { isExact, WRITE_AS_STRING } from "../../documents/exact-number";
import { saysNothing, type Filter, type MetadataComparison as Comparison, type Scalar } from "../../documents/filter";
import { normalKey } from "../../documents/normal-form";
import type { DateTimeFilter, DocumentFilter, MetadataComparison, MetadataFilter } from "./filter.input";

const wrong = (why: string) => new AppError("INVALID_FILTER", `The filter ${why}.`);
const MAX_KEY_LENGTH = 256;

/** What a metadata key that a client names must be, and whether it is. */
export const METADATA_KEY_RULE = `1 to ${MAX_KEY_LENGTH} characters long`;
export const isMetadataKey = (key: string): boolean => key !== "" && key.length <= MAX_KEY_LENGTH;

const MAX_DEPTH = 16;
/** Of strings that stand in a store's expression: prefixes, and what is compared by order. */
const MAX_STRING_BYTES = 4_096;

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

/**
 * The filter of a deletion. Throws INVALID_FILTER as well where a part of it says nothing, as what a program sends whose
 * own value is missing: it would delete more than anybody meant.
 */
export function readDeletionFilter(where: DocumentFilter | null | undefined, maxTerms: number): Filter {
  const filter = readFilter(where, maxTerms);
  const empty = filter === null ? "where" : saysNothing(filter);
  if (filter !== null && empty === null) return filter;
  throw wrong(
    `says nothing with \`${empty}\`, so nothing was deleted. Fill it or leave it out; to delete everything, use \`recreateCollection\``,
  );
}

function readLeaf({ id, key, modality, createdAt, metadata }: DocumentFilter): Filter {
  if (id?.in) return { kind: "id", in: id.in };
  if (key?.in) return { kind: "key", in: key.in.map(normalKey) };
  if (typeof key?.startsWith === "string") return { kind: "keyPrefix", prefix: normalKey(short(key.startsWith)) };
  if (modality) return { kind: "modality", modality };
  if (createdAt) return readTime(createdAt);
  if (metadata) return readMetadata(metadata);
  throw wrong("is empty: give exactly one field");
}

function readMetadata({ key, is }: MetadataFilter): Filter {
  if (!isMetadataKey(key)) throw wrong(`names a metadata key that is not ${METADATA_KEY_RULE}`);
  return { kind: "metadata", key, comparison: readComparison(is) };
}

function readTime({ from, before }: DateTimeFilter): Filter {
  if (from || before) return { kind: "createdAt", from: from ?? null, before: before ?? null };
  throw wrong("has a `createdAt` without a time: give `from`, `before` or both");
}

function readComparison(is: MetadataComparison): Comparison {
  if (isGiven(is.equals)) return { op: "equals", value: exact(is.equals) };
  if (is.in) return { op: "in", values: is.in.map(exact) };
  if (isGiven(is.contains)) return { op: "contains", value: exact(is.contains) };
  if (isGiven(is.startsWith)) return { op: "startsWith", value: short(is.startsWith) };
  if (isGiven(is.exists)) return { op: "exists", value: is.exists };
  if (isGiven(is.greaterThan)) return { op: "greaterThan", value: orderable(is.greaterThan) };
  if (isGiven(is.lessThan)) return { op: "lessThan", value: orderable(is.lessThan) };
  throw wrong("compares a metadata key with nothing: give exactly one comparison");
}

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function orderable(value: Scalar): string | number {
  if (typeof value === "boolean") throw wrong("orders by a boolean; greaterThan and lessThan take numbers and strings");
  return typeof value === "string" ? short(value) : exact(value);
}

function exact<T extends Scalar>(value: T): T {
  if (typeof value !== "number" || isExact(value)) return value;
  throw wrong(`compares with ${value}, which ${WRITE_AS_STRING}`);
}

function short(text: string): string {
  if (Buffer.byteLength(text, "utf8") <= MAX_STRING_BYTES) return text;
  throw wrong(`has a prefix or bound of more than ${MAX_STRING_BYTES} UTF-8 bytes; shorten it`);
}
