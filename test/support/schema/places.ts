import {
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isListType,
  getNullableType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

type Field = GraphQLField<unknown, unknown>;

/** Where a value may stand: an argument, or a field somewhere within it. */
export interface Place {
  /** "Query.search(input.parts.weight)". */
  readonly name: string;
  readonly operation: "query" | "mutation" | "subscription";
  /** From the root to the field that has the argument, each with the type that it is a field of. */
  readonly path: readonly { readonly type: GraphQLObjectType; readonly field: Field }[];
  readonly argument: GraphQLArgument;
  /** Input fields from the argument down to the place; none: the argument itself. */
  readonly within: readonly GraphQLInputField[];
  readonly type: GraphQLInputType;
}

/** Every argument of every field that a client can reach, and every input field in it; those of queries once. */
export function placesOf(schema: GraphQLSchema): Place[] {
  const roots = [
    ["query", schema.getQueryType()!],
    ["mutation", schema.getMutationType()!],
    ["subscription", schema.getSubscriptionType()!],
  ] as const;
  return roots.flatMap(([operation, root]) => {
    let seen = new Set<string>();
    return fieldsBelow(schema, root).flatMap((path) => {
      // Each mutation does something else with its input; what queries share they do the same with.
      if (operation === "mutation") seen = new Set();
      return path.at(-1)!.field.args.flatMap((argument) => inArgument({ operation, path, argument }, seen));
    });
  });
}

/** The shortest way to every field that has arguments, each once. */
function fieldsBelow(schema: GraphQLSchema, root: GraphQLObjectType): Place["path"][] {
  const found: Place["path"][] = [];
  const visited = new Set([root]);
  const queue: { type: GraphQLObjectType; path: Place["path"] }[] = [{ type: root, path: [] }];
  for (const { type, path } of queue) {
    for (const field of Object.values(type.getFields())) {
      const here = [...path, { type, field }];
      if (field.args.length > 0) found.push(here);
      const next = getNamedType(field.type);
      if (!isCompositeType(next)) continue;
      for (const one of isObjectType(next) ? [next] : schema.getPossibleTypes(next)) {
        if (visited.has(one)) continue;
        visited.add(one);
        queue.push({ type: one, path: here });
      }
    }
  }
  return found;
}

function inArgument(at: Pick<Place, "operation" | "path" | "argument">, seen: Set<string>): Place[] {
  const { type, field } = at.path.at(-1)!;
  const visit = (within: readonly GraphQLInputField[], holds: GraphQLInputType): Place[] => {
    const inner = [at.argument.name, ...within.map(({ name }) => name)].join(".");
    const place = { ...at, within, type: holds, name: `${type.name}.${field.name}(${inner})` };
    const named = getNamedType(holds);
    if (!isInputObjectType(named) || seen.has(named.name)) return [place];
    seen.add(named.name);
    return [place, ...Object.values(named.getFields()).flatMap((one) => visit([...within, one], one.type))];
  };
  return visit([], at.argument.type);
}

/** A value in as many lists as the type has. */
export function listed(type: GraphQLInputType, value: unknown): unknown {
  const inner = getNullableType(type);
  return isListType(inner) ? [listed(inner.ofType, value)] : value;
}
