import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
} from "graphql";
import { listed, type Place } from "./places";

/** Values that are right, by the name of their type or by their place: "Query.ingestion(id)". */
export type RightValues = Readonly<Record<string, unknown>>;

export interface Request {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Stands for no value at all. */
export const ABSENT = Symbol("absent");

/** A request that is right everywhere but at the place, where it has this value: as a variable of the whole argument. */
export function askByVariable(place: Place, value: unknown, right: RightValues): Request {
  const { argument } = place;
  // As a client declares it who may not know a value; what has a default takes such a variable.
  const type = argument.defaultValue === undefined ? String(argument.type) : String(getNullableType(argument.type));
  const whole = valueOf(place, value, right);
  const variables = whole === ABSENT ? {} : { given: whole };
  return { query: `${place.operation} ($given: ${type}) ${selection(place, "$given", right)}`, variables };
}

/** The same, written into the operation. */
export function askByLiteral(place: Place, value: unknown, right: RightValues): Request {
  const whole = valueOf(place, value, right);
  const written = whole === ABSENT ? null : literal(place.argument.type, whole);
  return { query: `${place.operation} ${selection(place, written, right)}`, variables: {} };
}

/** The argument's value with this one at the place. */
function valueOf({ argument, within }: Place, value: unknown, right: RightValues): unknown {
  const inside = (type: GraphQLInputType, depth: number): unknown => {
    const field = within[depth];
    if (field === undefined) return value;
    const named = getNamedType(type);
    if (!isInputObjectType(named)) throw new TypeError(`${named.name} has no fields`);
    const others = Object.values(named.getFields()).filter((one) => one !== field && isRequiredInputField(one));
    const inner = inside(field.type, depth + 1);
    const object = {
      ...(named.isOneOf ? {} : Object.fromEntries(others.map((one) => [one.name, rightFor(one.type, right)]))),
      ...(inner === ABSENT ? {} : { [field.name]: inner }),
    };
    return listed(type, object);
  };
  return inside(argument.type, 0);
}

function rightFor(type: GraphQLInputType, right: RightValues): unknown {
  const named = getNamedType(type);
  if (named.name in right) return listed(type, right[named.name]);
  if (!isInputObjectType(named)) throw new TypeError(`Say what a right ${named.name} is`);
  const required = Object.values(named.getFields()).filter(isRequiredInputField);
  return listed(type, Object.fromEntries(required.map((one) => [one.name, rightFor(one.type, right)])));
}

/** What reaches the place's field and asks for something of it. */
function selection({ path, argument }: Place, written: string | null, right: RightValues): string {
  const argumentsAt = (at: number): string => {
    const { type, field } = path[at]!;
    const given = field.args.flatMap((one) => {
      if (at === path.length - 1 && one === argument) return written === null ? [] : [`${one.name}: ${written}`];
      if (!isRequiredArgument(one)) return [];
      const value = right[`${type.name}.${field.name}(${one.name})`] ?? rightFor(one.type, right);
      return [`${one.name}: ${literal(one.type, value)}`];
    });
    return given.length === 0 ? "" : `(${given.join(", ")})`;
  };
  return path.reduceRight(
    (inner, { type, field }, at) => `{ ... on ${type.name} { ${field.name}${argumentsAt(at)} ${inner} } }`,
    ofResult(path.at(-1)!.field),
  );
}

/** Something of a field's result; of an ingest call, what became of each item. */
function ofResult({ type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (named.name === "IngestPayload") return "{ results { __typename ... on IngestFailure { code message } } }";
  return isCompositeType(named) ? "{ __typename }" : "";
}

/** A value as GraphQL writes it, right or wrong. */
function literal(type: GraphQLInputType, value: unknown): string {
  const inner = getNullableType(type);
  if (Array.isArray(value)) {
    const of = isListType(inner) ? inner.ofType : inner;
    return `[${value.map((one) => literal(of, one)).join(", ")}]`;
  }
  if (isListType(inner)) return literal(inner.ofType, value);
  if (isEnumType(inner) && typeof value === "string" && value !== "") return value;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = isInputObjectType(inner) ? inner.getFields() : {};
  const written = Object.entries(value)
    .filter(([name]) => /^[_A-Za-z]\w*$/.test(name))
    .map(([name, one]) => `${name}: ${literal(fields[name]?.type ?? inner, one)}`);
  return `{ ${written.join(", ")} }`;
}
