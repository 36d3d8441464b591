import { createHash } from "node:crypto";
import type { JsonValue, Metadata } from "../../documents/document";

/** What a metadata value is, as far as filters tell values apart. */
export type ValueType = "string" | "number" | "boolean" | "array" | "other";

const typeOf = (value: JsonValue): ValueType => {
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "other";
};

/** 24 hex digits (96 bits) of a hash: safe in any expression, whatever the client wrote. */
const term = (...parts: JsonValue[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24);

export const typeTerm = (key: string, type: ValueType): string => term("type", key, type);
export const valueTerm = (key: string, value: JsonValue): string => term("value", key, value);
export const elementTerm = (key: string, value: JsonValue): string => term("element", key, value);

/**
 * The searchable facts of metadata's top level, hashed: each key's type, each scalar, each scalar in an array. Equality
 * on them is exact on every Milvus, where JSON paths differ in what they take for equal (Lite: true and 1).
 */
export function metadataTerms(metadata: Metadata): string[] {
  const terms = new Set<string>();
  for (const [key, value] of Object.entries(metadata)) {
    const type = typeOf(value);
    terms.add(typeTerm(key, type));
    if (Array.isArray(value)) {
      for (const one of value as readonly JsonValue[]) if (isScalar(one)) terms.add(elementTerm(key, one));
    } else if (isScalar(value)) terms.add(valueTerm(key, value));
  }
  return [...terms];
}

const isScalar = (value: JsonValue): boolean => value !== null && typeof value !== "object";
