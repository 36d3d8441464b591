import { createRequire } from "node:module";
import { BUDGET, costOf } from "./requests.mjs";

const require = createRequire(import.meta.url);
const { getIntrospectionQuery } = require("graphql");

const GAP = `modalityGap(sample: 1000) { centroidDistance projection { points { x y modality } } }`;

/** What is costly otherwise than by lists within lists. */
export function others() {
  const introspection = getIntrospectionQuery();
  const types = "types { name fields { name type { name ofType { name } } args { name type { name } } } }";
  const all = {
    "the whole schema": introspection,
    "the schema, many times": `{ ${many((i) => `a${i}: __schema { ${types} }`, 25)} }`,
    "the modality gap of 1,000": `{ collection { ${GAP} } }`,
    "ninety searches": `{ ${many((i) => `a${i}: searchByText(input: { text: "thing ${i}" }) { nodes { __typename } }`, 90)} }`,
    "a field many times": `{ documents(first: 1000) { nodes { ... on StoredDocument { ${"id ".repeat(60)} } } } }`,
    "a document by many names": `{ documents(first: 1000) { nodes { ... on StoredDocument { ${many((i) => `a${i}: metadata`, 80)} } } } }`,
    "many fragments": `{ ${many((i) => `...f${i}`, 300)} } ${many((i) => `fragment f${i} on Query { collection { name } }`, 300)}`,
  };
  const fitting = Object.entries(all).map(([name, query]) => ({ name, query, cost: costOf(query) }));
  for (const { name, cost } of fitting) if (cost > BUDGET) console.log(`${name} is above the budget: ${cost}`);
  return [
    ...fitting.filter(({ cost }) => cost <= BUDGET),
    {
      name: "7,900 items for later",
      query: "mutation ($input: IngestionInput!) { startIngestion(input: $input) { id } }",
      variables: { input: { texts: items((i) => ({ text: "", key: `later ${i}` }), 7_900) } },
      cost: 0,
    },
  ];
}

/** As many texts as a request may hold of the longest; each has hundreds of passages, which later searches meet. */
export function longTexts() {
  // No two alike, so that nothing is encoded once for all of them.
  const longText = (i) => Array.from({ length: 6_000 }, (_, word) => `word${i * 6_000 + word}`).join(" ");
  return {
    name: "six long texts",
    query: "mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { results { __typename } } }",
    variables: { input: items((i) => ({ key: `long ${i}`, text: longText(i) }), 6) },
    cost: 0,
  };
}

const items = (make, count) => Array.from({ length: count }, (_, i) => make(i));
const many = (write, times) => Array.from({ length: times }, (_, i) => write(i)).join(" ");
