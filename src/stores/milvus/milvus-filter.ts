import { AppError } from "../../errors";
import type { Filter, MetadataComparison } from "../../search/filter";
import { elementTerm, typeTerm, valueTerm, type ValueType } from "./metadata-terms";

/** A metadata key that may stand in a JSON path: letters, digits and a few signs that need no escape. */
const PATH_KEY = /^[\p{L}\p{N}_ .:@/-]{1,128}$/u;
/** Above every string that begins with the prefix before it. */
const LAST_CHARACTER = "\u{10FFFF}";
const ALL_TYPES: readonly ValueType[] = ["string", "number", "boolean", "array", "other"];

/**
 * A tenant's filter as a Milvus boolean expression. Strings of clients get in only as hashes, as hex ids or as JSON
 * string literals. Every part is two-valued (a comparison stands behind a check of its type), so `not` means not.
 */
export function milvusFilter(tenant: string, filter: Filter | null): string {
  const own = `tenant == ${literal(tenant)}`;
  return filter === null ? own : `${own} and ${compile(filter)}`;
}

function compile(filter: Filter): string {
  switch (filter.kind) {
    case "all":
      return filter.filters.length === 0 ? NOTHING_EXCLUDED : join(filter.filters.map(compile), "and");
    case "any":
      return filter.filters.length === 0 ? NOTHING_MATCHES : join(filter.filters.map(compile), "or");
    case "not":
      return `not (${compile(filter.filter)})`;
    case "id":
      return oneOf("id", filter.in);
    case "key":
      return oneOf(
        "key",
        filter.in.filter((key) => key !== ""),
      );
    case "keyPrefix":
      return `(key != "" and ${startsWith("key", filter.prefix)})`;
    case "modality":
      return `modality == ${literal(filter.modality)}`;
    case "createdAt":
      return join(
        [
          NOTHING_EXCLUDED,
          ...(filter.from === null ? [] : [`created_at >= ${filter.from.getTime()}`]),
          ...(filter.before === null ? [] : [`created_at < ${filter.before.getTime()}`]),
        ],
        "and",
      );
    case "metadata":
      return metadata(filter.key, filter.comparison);
  }
}

const NOTHING_EXCLUDED = 'id != ""';
const NOTHING_MATCHES = 'id == ""';

function metadata(key: string, comparison: MetadataComparison): string {
  switch (comparison.op) {
    case "equals":
      return has(valueTerm(key, comparison.value));
    case "in":
      return hasAny(comparison.values.map((value) => valueTerm(key, value)));
    case "contains":
      return has(elementTerm(key, comparison.value));
    case "exists": {
      const exists = hasAny(ALL_TYPES.map((type) => typeTerm(key, type)));
      return comparison.value ? exists : `not (${exists})`;
    }
    case "greaterThan":
      return ordered(key, ">", comparison.value);
    case "lessThan":
      return ordered(key, "<", comparison.value);
    case "startsWith":
      return `(${has(typeTerm(key, "string"))} and ${startsWith(path(key), comparison.value)})`;
  }
}

const ordered = (key: string, sign: "<" | ">", value: string | number): string =>
  `(${has(typeTerm(key, typeof value as ValueType))} and ${path(key)} ${sign} ${literal(value)})`;

const startsWith = (field: string, prefix: string): string =>
  `(${field} >= ${literal(prefix)} and ${field} < ${literal(prefix + LAST_CHARACTER)})`;

const has = (term: string): string => `array_contains(metadata_terms, "${term}")`;
const hasAny = (terms: string[]): string => (terms.length === 0 ? NOTHING_MATCHES : join(terms.map(has), "or"));

const oneOf = (field: string, values: readonly string[]): string =>
  values.length === 0 ? NOTHING_MATCHES : `${field} in [${values.map(literal).join(", ")}]`;

const join = (parts: string[], operator: "and" | "or"): string => `(${parts.join(` ${operator} `)})`;

function path(key: string): string {
  if (PATH_KEY.test(key)) return `metadata[${literal(key)}]`;
  throw new AppError(
    "INVALID_FILTER",
    "Ranges and prefixes need a metadata key of 1 to 128 letters, digits, spaces or _ . : @ / - ; equals, in, contains and exists take any key.",
  );
}

/** A literal that every Milvus reads back as the same value: JSON, with control characters and surrogates refused. */
function literal(value: string | number): string {
  if (typeof value === "string" && (!value.isWellFormed() || CONTROL_CHARACTERS.test(value))) {
    throw new AppError("INVALID_FILTER", "A filter's strings cannot hold control characters or lone surrogates.");
  }
  return JSON.stringify(value);
}

// eslint-disable-next-line no-control-regex -- these are the characters that no expression carries unharmed
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;
