import { createRequire } from "node:module";
import { chains, schema, selection } from "./chains.mjs";

const require = createRequire(import.meta.url);
const { GraphQLError, parse, specifiedRules, validate } = require("graphql");
const { requestCost } = require("../../dist/graphql/cost/request-cost.js");
const { PARSE_OPTIONS, SIZE_RULES } = require("../../dist/graphql/execution/query-limits.js");
const { DEFAULT_LIMITS } = require("../../dist/documents/limits.js");

const MOST_ALIASES = 100;
const RULES = [...specifiedRules, ...SIZE_RULES];
const words = (count) => Array.from({ length: count }, (_, i) => `word${i}`).join(" ");

/** Arguments of the roots that need some; the costlier of what they can be. */
export const argumentsOf = ({ documentId, ingestionId }) => {
  const parts = Array.from({ length: 16 }, (_, i) => `{ content: { text: "thing ${i}" } }`).join(", ");
  const any = Array.from({ length: 250 }, (_, i) => `{ modality: ${i % 2 ? "TEXT" : "IMAGE"} }`).join(", ");
  return [
    {
      searchByText: 'input: { text: "a red cat" }',
      searchByImage: `input: { image: { documentId: "${documentId}" } }`,
      search: `input: { parts: [${parts}], keywords: "document ${words(100)}" }`,
      document: `id: "${documentId}"`,
      documentByKey: 'key: "document 1"',
      node: `id: "${documentId}"`,
      ingestion: `id: "${ingestionId}"`,
      ingestionByRequestId: 'requestId: "cost"',
    },
    {
      searchByText: `input: { text: "a red cat", where: { any: [${any}] } }`,
      search: 'input: { parts: [{ content: { text: "cat" } }], groupBy: { metadataKey: "n" }, diversity: 0.5 }',
      documents: `where: { any: [${any}] }`,
    },
  ];
};

/** Infinity: too large to be counted, or to be read. */
export function costOf(query) {
  try {
    return requestCost(
      { schema, document: parse(query, PARSE_OPTIONS), operationName: null, variables: {} },
      DEFAULT_LIMITS,
    ).total;
  } catch (error) {
    if (error.code === "COST_EXCEEDED" || error instanceof GraphQLError) return Infinity;
    throw error;
  }
}

export const BUDGET = DEFAULT_LIMITS.maxRequestCost;

/** How the lists of a chain share what there is: all alike, the outer ones first, the inner ones first. */
const SHARES = {
  evenly: (most, scale) => most.map((one) => one ** scale),
  outside: (most, scale) => most.map((one, i) => (i === 0 ? one : one ** (2 * scale - 1))),
  inside: (most, scale) => most.map((one, i) => (i === most.length - 1 ? one : one ** (2 * scale - 1))),
};
const STEPS = 10;

/** The costliest requests under the budget, and of each chain one above it: [{ name, query, cost }]. */
export function requests(ids) {
  const [under, above] = [[], []];
  for (const given of argumentsOf(ids)) {
    const used = chains(given).filter((chain) => usesAny(chain, given) && isAllowed(chain, given));
    for (const chain of used) {
      for (const fat of [false, true]) {
        const write = (firsts) => `{ ${selection(chain, firsts, fat, given)} }`;
        const whole = write(chain.most);
        if (costOf(whole) > BUDGET && costOf(whole) < Infinity)
          above.push({ name: chain.name, query: whole, cost: costOf(whole) });
        for (const [how, share] of Object.entries(SHARES)) {
          const query = largest((scale) => write(share(chain.most, scale).map((n) => Math.max(1, Math.floor(n)))));
          if (query !== null)
            under.push({ name: `${chain.name} ${how}${fat ? " fat" : ""}`, query, cost: costOf(query) });
        }
        const small = write(chain.most.map(() => 1));
        let times = Math.min(MOST_ALIASES, Math.floor(BUDGET / costOf(small)));
        while (costOf(aliased(small, times)) > BUDGET) times = Math.floor(times / 2);
        const query = aliased(small, times);
        under.push({ name: `${chain.name} ${times} times${fat ? " fat" : ""}`, query, cost: costOf(query) });
      }
    }
  }
  const different = new Map(under.map((one) => [one.query, one]));
  return { under: [...different.values()].sort((a, b) => b.cost - a.cost), above };
}

/** The first set of arguments serves every chain, the second those whose fields it names. */
const usesAny = ({ steps }, given) => "ingestion" in given || steps.some(({ field }) => field.name in given);

/** Neither too deep nor otherwise refused before its cost is counted. */
const isAllowed = (chain, given) =>
  validate(schema, parse(`{ ${selection(chain, chain.most, true, given)} }`), RULES).length === 0;

function largest(write) {
  let [low, high, best] = [0, 1, null];
  for (let step = 0; step < STEPS; step++) {
    const scale = step === 0 ? 1 : (low + high) / 2;
    const query = write(scale);
    if (costOf(query) <= BUDGET) [low, best] = [scale, query];
    else high = scale;
    if (low === 1) break;
  }
  return best;
}

/** The root field many times in one request. */
function aliased(query, times) {
  const inner = query.slice(2, -2);
  return `{ ${Array.from({ length: times }, (_, i) => `a${i}: ${inner.replaceAll("a red cat", `cat ${i}`)}`).join(" ")} }`;
}
