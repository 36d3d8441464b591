import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { buildSchema } = require("../../dist/graphql/schema.js");
const graphql = require("graphql");
const { getNamedType, isLeafType, isObjectType, isRequiredArgument } = graphql;

export const schema = buildSchema();
const MOST_LISTS = 3;
/** Objects on the way from one list to the next. */
const MOST_STEPS = 4;
/** What a list takes at most, where it is not 1,000. */
const MOST = { nearDuplicates: 100, ingestions: 100, latestFailures: 100 };

const possible = (type) => (isObjectType(type) ? [type] : schema.getPossibleTypes(type));
const counts = (field) => field.args.some(({ name }) => name === "first");

/**
 * Every way from the root through up to three lists that a client counts (`first`), each within the one before:
 * [{ steps: [{ type, field }], most: [...] }]. `given` has the arguments of fields that need some.
 */
export function chains(given) {
  const found = [];
  const follow = (types, steps, lists, stepsLeft) => {
    for (const type of types) {
      for (const field of Object.values(type.getFields())) {
        const named = getNamedType(field.type);
        if (isLeafType(named) || steps.some((one) => one.field === field && !counts(field))) continue;
        // Edges have what nodes have, and cursors.
        if (field.name === "nodes" || (field.args.some(isRequiredArgument) && !(field.name in given))) continue;
        const here = [...steps, { type, field }];
        if (counts(field)) {
          const most = [...lists, MOST[field.name] ?? 1_000];
          found.push({ steps: here, most });
          if (most.length < MOST_LISTS) follow(possible(named), here, most, MOST_STEPS);
        } else if (stepsLeft > 0) follow(possible(named), here, lists, stepsLeft - 1);
      }
    }
  };
  follow([schema.getQueryType()], [], [], MOST_STEPS);
  return unique(found);
}

/** One for each run of fields; texts and pictures have many of the same. */
function unique(all) {
  const names = (chain) => chain.steps.map(({ field }) => field.name).join(".");
  return [...new Map(all.map((chain) => [names(chain), { ...chain, name: names(chain) }])).values()];
}

/** The chain as a selection: `firsts` one a list; `fat` asks for every plain field on the way. */
export function selection({ steps }, firsts, fat, given) {
  let list = firsts.length;
  return steps.reduceRight((inner, { type, field }, at) => {
    const args = [type === schema.getQueryType() && given[field.name], counts(field) ? `first: ${firsts[--list]}` : ""]
      .filter(Boolean)
      .join(", ");
    const named = getNamedType(field.type);
    const own = fat
      ? possible(named).map((one) => (named === one ? plain(one) : `... on ${one.name} { ${plain(one)} }`))
      : [];
    const nested = inner === "" ? "__typename" : inner;
    const asked = `${field.name}${args === "" ? "" : `(${args})`} { ${nested} ${own.join(" ")} }`;
    const within = at === 0 ? type : getNamedType(steps[at - 1].field.type);
    // A fragment is a level of its own.
    return within === type ? asked : `... on ${type.name} { ${asked} }`;
  }, "");
}

const plain = (type) =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument))
    .map(({ name }) => name)
    .join(" ");
