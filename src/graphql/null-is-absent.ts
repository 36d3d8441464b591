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

function takeNullForDefault(place: GraphQLArgument | GraphQLInputField): void {
  if (place.defaultValue !== undefined) place.type = getNullableType(place.type);
}

const withoutNulls =
  ({ args: places }: GraphQLField<unknown, unknown>, resolve: Resolve): Resolve =>
  (source, args, context, info) =>
    resolve(source, present(places, args), context, info);

/** What is there of these places: values that are not null, and defaults. */
export function present(places: readonly (GraphQLArgument | GraphQLInputField)[], values: Values): Values {
  const given = places.map(({ name, type, defaultValue }) => {
    const value = values[name] ?? defaultValue;
    return [name, value === undefined || value === null ? undefined : within(type, value)] as const;
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function within(type: GraphQLInputType, value: unknown): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return Array.isArray(value) ? value.map((one) => within(inner.ofType, one)) : value;
  return isInputObjectType(inner) ? present(Object.values(inner.getFields()), value as Values) : value;
}
