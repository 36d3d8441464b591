import { AppError } from "../../errors";
import { isDocumentId } from "../../documents/document";
import type { Filter, MetadataComparison } from "../../documents/filter";
import { elementTerm, typeTerm, valueTerm, type ValueType } from "./metadata-terms";
import { MAX_KEY_BYTES } from "./milvus-schema";

/** A metadata key that may stand in a JSON path: letters, digits and a few signs that need no escape. */
const PATH_KEY = /^[\p{L}\p{N}_ .:@/-]{1,128}$/u;
const ALL_TYPES: readonly ValueType[] = ["string", "number", "boolean", "array", "other"];

/**
 * A tenant's filter as a Milvus boolean expression; `tenant` null: of all tenants, "" where nothing is filtered. Strings of
 * clients get in only as hashes, as hex ids or as JSON string literals. Every part is two-valued (a comparison stands behind a check of its type), so `not` means not.
 */
export function milvusFilter(tenant: string | null, filter: Filter | null, rows: FilteredRows = "documents"): string {
  const own = tenant === null ? [] : [`tenant == ${literal(tenant)}`];
  return [...own, ...(filter === null ? [] : [compile(filter, rows)])].join(" and ");
}

/** A passage's row has what filters look at of its document. */
export type FilteredRows = "documents" | "passages";

function compile(filter: Filter, rows: FilteredRows): string {
  const all = (filters: readonly Filter[]) => filters.map((one) => compile(one, rows));
  switch (filter.kind) {
    case "all":
      return filter.filters.length === 0 ? NOTHING_EXCLUDED : join(all(filter.filters), "and");
    case "any":
      return filter.filters.length === 0 ? NOTHING_MATCHES : join(all(filter.filters), "or");
    case "not":
      return `not (${compile(filter.filter, rows)})`;
    case "id":
      return oneOf(rows === "documents" ? "id" : "document_id", filter.in.filter(isDocumentId));
    case "key":
      return oneOf(
        "key",
        filter.in.filter((key) => key !== "" && Buffer.byteLength(key, "utf8") <= MAX_KEY_BYTES),
      );
    case "keyPrefix":
      return `(key != "" and ${startsWith("key", filter.prefix)})`;
    case "modality":
      return `modality == ${literal(filter.modality)}`;
    case "truncated":
      // What has passages was seen whole.
      return rows === "documents" ? "truncated == true" : NOTHING_MATCHES;
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
  `(${has(typeTerm(key, typeof value as ValueType))} and ${path(key)} ${sign} ${literal(orderable(value))})`;

/** Refuses what has another order in a store than in JavaScript. */
function orderable(value: string | number): string | number {
  if (typeof value === "string" ? !ABOVE_SURROGATES.test(value) : Math.abs(value) < 2 ** 63) return value;
  if (typeof value === "number" && Math.abs(value) >= 1e21) return value;
  throw new AppError(
    "INVALID_FILTER",
    "greaterThan and lessThan take numbers below 2^63 or from 1e21 on, and strings without emoji or other characters from U+E000 on.",
  );
}

/** JavaScript compares UTF-16 units, in which these come before U+E000 to U+FFFF; stores compare characters. */
const ABOVE_SURROGATES = /[\u{E000}-\u{10FFFF}]/u;

function startsWith(field: string, prefix: string): string {
  const after = successor(prefix);
  const from = `${field} >= ${literal(prefix)}`;
  return after === null ? from : `(${from} and ${field} < ${literal(after)})`;
}

/** The lowest string above all that begin with this prefix; null: there is none. */
function successor(prefix: string): string | null {
  const kept = prefix.replace(/\u{10FFFF}+$/u, "");
  const last = [...kept].at(-1);
  if (last === undefined) return null;
  const code = last.codePointAt(0)!;
  return kept.slice(0, -last.length) + String.fromCodePoint(code === LAST_BEFORE_SURROGATES ? 0xe000 : code + 1);
}

const LAST_BEFORE_SURROGATES = 0xd7ff;

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

/** Numbers as JSON writes them: an integer beyond 64 bits, which `orderable` leaves out, would not be understood. */
const literal = (value: string | number): string =>
  typeof value === "string" ? stringLiteral(value) : JSON.stringify(value);

/** Escapes are those that every Milvus knows; other control characters stand as they are. */
function stringLiteral(value: string): string {
  if (value.isWellFormed()) return `"${value.replace(/["\\\n\r\t]/g, (character) => ESCAPES[character]!)}"`;
  throw new AppError("INVALID_FILTER", "A filter's strings cannot hold lone surrogates.");
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
