import type { JsonValue, Modality } from "./document";

export type Scalar = string | number | boolean;

/** A condition on one metadata key. Comparisons hold only between values of one type; a missing key never matches. */
export type MetadataComparison =
  | { readonly op: "equals"; readonly value: Scalar }
  | { readonly op: "in"; readonly values: readonly Scalar[] }
  | { readonly op: "greaterThan"; readonly value: string | number }
  | { readonly op: "lessThan"; readonly value: string | number }
  | { readonly op: "startsWith"; readonly value: string }
  /** The value is an array that holds this scalar. */
  | { readonly op: "contains"; readonly value: Scalar }
  | { readonly op: "exists"; readonly value: boolean };

/** A condition on documents: plain data, compiled by each store and checked in memory by `matches`. */
export type Filter =
  | { readonly kind: "all"; readonly filters: readonly Filter[] }
  | { readonly kind: "any"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  | { readonly kind: "id"; readonly in: readonly string[] }
  | { readonly kind: "key"; readonly in: readonly string[] }
  | { readonly kind: "keyPrefix"; readonly prefix: string }
  | { readonly kind: "modality"; readonly modality: Modality }
  /** Texts of which the model saw only the beginning. */
  | { readonly kind: "truncated" }
  /** Half-open range: from <= createdAt < before. */
  | { readonly kind: "createdAt"; readonly from: Date | null; readonly before: Date | null }
  | { readonly kind: "metadata"; readonly key: string; readonly comparison: MetadataComparison };

/** Where a filter, at any depth, names a condition but no value: as a client writes it; null: nowhere. */
export function saysNothing(filter: Filter): string | null {
  switch (filter.kind) {
    case "all":
    case "any":
      if (filter.filters.length === 0) return `${filter.kind}: []`;
      return filter.filters.map(saysNothing).find((found) => found !== null) ?? null;
    case "not":
      return saysNothing(filter.filter);
    case "id":
    case "key":
      return filter.in.length === 0 ? `${filter.kind}: { in: [] }` : null;
    case "keyPrefix":
      return filter.prefix === "" ? 'key: { startsWith: "" }' : null;
    case "modality":
    case "truncated":
      return null;
    case "createdAt":
      return filter.from === null && filter.before === null ? "createdAt: {}" : null;
    case "metadata":
      return comparesNothing(filter.comparison);
  }
}

function comparesNothing(comparison: MetadataComparison): string | null {
  if (comparison.op === "in" && comparison.values.length === 0) return "metadata: { is: { in: [] } }";
  if (comparison.op === "startsWith" && comparison.value === "") return 'metadata: { is: { startsWith: "" } }';
  return null;
}

/** What a filter looks at. */
export interface Filterable {
  readonly id: string;
  readonly key: string | null;
  readonly modality: Modality;
  /** Of texts. */
  readonly truncated?: boolean;
  readonly createdAt: Date;
  readonly metadata: { readonly [key: string]: JsonValue };
}

/** The meaning of a filter: what every store must agree with. */
export function matches(filter: Filter, document: Filterable): boolean {
  switch (filter.kind) {
    case "all":
      return filter.filters.every((part) => matches(part, document));
    case "any":
      return filter.filters.some((part) => matches(part, document));
    case "not":
      return !matches(filter.filter, document);
    case "id":
      return filter.in.includes(document.id);
    case "key":
      return document.key !== null && filter.in.includes(document.key);
    case "keyPrefix":
      return document.key !== null && document.key.startsWith(filter.prefix);
    case "modality":
      return document.modality === filter.modality;
    case "truncated":
      return document.truncated === true;
    case "createdAt":
      return (
        (filter.from === null || document.createdAt >= filter.from) &&
        (filter.before === null || document.createdAt < filter.before)
      );
    case "metadata":
      return Object.hasOwn(document.metadata, filter.key)
        ? holds(filter.comparison, document.metadata[filter.key]!)
        : filter.comparison.op === "exists" && !filter.comparison.value;
  }
}

function holds(comparison: MetadataComparison, value: JsonValue): boolean {
  switch (comparison.op) {
    case "equals":
      return value === comparison.value;
    case "in":
      return comparison.values.some((one) => one === value);
    case "greaterThan":
      return typeof value === typeof comparison.value && (value as Scalar) > comparison.value;
    case "lessThan":
      return typeof value === typeof comparison.value && (value as Scalar) < comparison.value;
    case "startsWith":
      return typeof value === "string" && value.startsWith(comparison.value);
    case "contains":
      return Array.isArray(value) && value.includes(comparison.value);
    case "exists":
      return comparison.value;
  }
}
