import {
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Values = Record<string, unknown>;

/**
 * Makes an explicit null mean the same as nothing at all, in every argument and input field of the schema: what has a default
 * takes null for it, and resolvers see neither. Programs write null for what they do not know, and data frames for every
 * empty cell.
 */
export function makeNullAbsent(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(takeNullForDefault);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      field.args.forEach(takeNullForDefault);
      if (field.resolve) field.resolve = withoutNulls(field, field.resolve);
      if (field.subscribe) field.subscribe = withoutNulls(field, field.subscribe);
    }
  }
}

function takeNullForDefault(place: InputPlace): void {
  if (place.defaultValue !== undefined) place.type = getNullableType(place.type);
}

const withoutNulls =
  ({ args: places }: GraphQLField<unknown, unknown>, resolve: Resolve): Resolve =>
  (source, args, context, info) =>
    resolve(source, present(places, args), context, info);

type InputPlace = GraphQLArgument | GraphQLInputField;

/** What is there of these places: values that are not null, and defaults. Itself where that is all. */
export function present(places: readonly InputPlace[], values: Values): Values {
  const changes = places.flatMap((place) => {
    const given = values[place.name];
    const value = within(place.type, given ?? place.defaultValue);
    return value === given ? [] : [[place.name, value] as const];
  });
  if (changes.length === 0) return values;
  const all = Object.entries({ ...values, ...Object.fromEntries(changes) });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function within(type: GraphQLInputType, value: unknown): unknown {
  // Of all that is given most is neither a list nor an object.
  if (typeof value !== "object") return value;
  if (value === null) return undefined;
  const inner = getNullableType(type);
  if (isInputObjectType(inner)) return present(fieldsOf(inner), value as Values);
  if (!isListType(inner) || !Array.isArray(value)) return value;
  const entries = value.map((one) => within(inner.ofType, one));
  return entries.some((one, at) => one !== value[at]) ? entries : value;
}

const known = new WeakMap<GraphQLInputObjectType, readonly GraphQLInputField[]>();

function fieldsOf(type: GraphQLInputObjectType): readonly GraphQLInputField[] {
  const fields = known.get(type) ?? Object.values(type.getFields());
  known.set(type, fields);
  return fields;
}
