/** The keys that ranges and prefixes may be asked of; as the store's message says. */
const PATH_KEY = /^[\p{L}\p{N}_ .:@/-]{1,128}$/u;
/** Here the order of UTF-16, in which JavaScript compares, and that of Unicode, in which stores do, part. */
const ABOVE_SURROGATES = /[\u{E000}-\u{10FFFF}]/u;

/** No 64-bit integer, but written as an integer in JSON: Milvus and Lite read it differently. */
const isOddInteger = (value) => Math.abs(value) >= 2 ** 63 && Math.abs(value) < 1e21;

/** Whether the store may refuse this filter as INVALID_FILTER: only for what it documents. */
export function mayBeRefused(filter) {
  switch (filter.kind) {
    case "all":
    case "any":
      return filter.filters.some(mayBeRefused);
    case "not":
      return mayBeRefused(filter.filter);
    case "key":
      return filter.in.some((key) => !key.isWellFormed());
    case "keyPrefix":
      return !filter.prefix.isWellFormed();
    case "metadata":
      return isRefusedComparison(filter);
    default:
      return false;
  }
}

function isRefusedComparison({ key, comparison: { op, value } }) {
  if (op === "startsWith") return !PATH_KEY.test(key) || !value.isWellFormed();
  if (op !== "greaterThan" && op !== "lessThan") return false;
  if (!PATH_KEY.test(key)) return true;
  return typeof value === "string" ? !value.isWellFormed() || ABOVE_SURROGATES.test(value) : isOddInteger(value);
}
