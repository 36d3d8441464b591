import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from "graphql";

const LONG = "x".repeat(100_000);
const WORDS = ["", " ", "\u200b", "\u0000", "\ud800", "e\u0301", "\u{1f600}", LONG];
const NUMBERS = [0, -1, 1.5, 2_147_483_647, -2_147_483_648, 2_147_483_648, 9_007_199_254_740_993, 1e308];
const OTHER_KINDS = [null, "1", 1, true, [], {}];

/** Nested deeper than anything that is stored. */
const deep = (levels: number): unknown => (levels === 0 ? 1 : { deeper: deep(levels - 1) });

const OF_SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: NUMBERS,
  Float: [...NUMBERS, 5e-324, -1e308],
  Boolean: ["true", 0],
  String: WORDS,
  ID: [...WORDS, 9_007_199_254_740_993],
  DateTime: ["yesterday", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "+275760-09-13T00:00:00Z", 1e20],
  URL: ["", "nonsense", "javascript:alert(1)", "file:///etc/passwd", `http://127.0.0.1:1/${LONG}`, "data:,"],
  JSONObject: [{ "": null }, { n: 9_007_199_254_740_993 }, { n: 1e308 }, deep(50), { long: LONG }, { nul: "\u0000" }],
  JSONScalar: [...NUMBERS, ...WORDS, false],
};

/** Values that a place of this type should not have: of other kinds, and at the ends of what its kind can be. */
export function wrongValues(type: GraphQLInputType): readonly unknown[] {
  const inner = getNullableType(type);
  if (isListType(inner)) return [...OTHER_KINDS, [null], [[]], Array.from({ length: 20_001 }, () => null)];
  if (isInputObjectType(inner)) return [...OTHER_KINDS, { nope: 1 }, ...nullsOf(inner)];
  if (isEnumType(inner)) return [...OTHER_KINDS, "NOPE", ""];
  return [...OTHER_KINDS, ...(OF_SCALARS[inner.name] ?? [])];
}

/** Each field null beside nothing else. */
const nullsOf = (type: GraphQLInputObjectType): object[] =>
  Object.keys(type.getFields()).map((name) => ({ [name]: null }));
