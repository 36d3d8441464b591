/** What the API makes of a filter before the store sees it: what it refuses, and which form it gives to keys. */
import { mayBeRefused } from "./refusals.mjs";

const MAX_METADATA_KEY = 256;

/** Whether the API may refuse this filter as INVALID_FILTER: what the store may, and what JSON or a client cannot mean. */
export function apiMayRefuse(filter) {
  return mayBeRefused(filter) || hasLeaf(filter, saysTooLittle);
}

function hasLeaf(filter, test) {
  if (filter.kind === "not") return hasLeaf(filter.filter, test);
  return "filters" in filter ? filter.filters.some((one) => hasLeaf(one, test)) : test(filter);
}

/** A time without a time, a metadata key that is none or too long, an integer that JSON numbers cannot carry. */
function saysTooLittle(filter) {
  if (filter.kind === "createdAt") return filter.from === null && filter.before === null;
  if (filter.kind !== "metadata") return false;
  const { key, comparison } = filter;
  const values = [comparison.values ?? comparison.value].flat();
  return key === "" || key.length > MAX_METADATA_KEY || values.some(isInexact);
}

const isInexact = (value) => Number.isInteger(value) && !Number.isSafeInteger(value);

/** The same filter with document keys in NFC, the form in which the API keeps them. */
export function withNormalKeys(filter) {
  if (filter.kind === "not") return { ...filter, filter: withNormalKeys(filter.filter) };
  if ("filters" in filter) return { ...filter, filters: filter.filters.map(withNormalKeys) };
  if (filter.kind === "key") return { ...filter, in: filter.in.map((key) => key.normalize("NFC")) };
  if (filter.kind === "keyPrefix") return { ...filter, prefix: filter.prefix.normalize("NFC") };
  return filter;
}
