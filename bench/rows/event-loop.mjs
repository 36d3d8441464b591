import { search } from "../client.mjs";
import { queries } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { perSecond } from "../measure.mjs";

const MOST_MS = 50;
const TIMES = 3;
const NODES = "nodes { ... on TextHit { score document { id text } } ... on ImageHit { score document { id url } } }";
const LONG_SEARCH = `query ($text: String!) { searchByText(input: { text: $text }, first: 1000) { ${NODES} } }`;
const LONG_LIST = `{ documents(first: 1000) { nodes { ... on StoredDocument { id key createdAt metadata }
  ... on TextDocument { text } ... on ImageDocument { url caption } } } }`;
const DIVERSE = `query ($text: String!) {
  search(input: { parts: [{ content: { text: $text } }], diversity: 0.5 }, first: 100) { ${NODES} }
}`;

/** The longest that each of the heaviest requests holds the main process's event loop, in milliseconds; each three times. */
export async function heldLoop(stage) {
  await stage.filled();
  const { server, plan } = stage;
  const { client } = server;
  const perRequest = await aliasesAllowed(client);
  let asked = 0;
  const fresh = (count) => queries(count, `held${asked++}`);
  const works = {
    "searchByText(first: 1000)": () => client.ask(LONG_SEARCH, { text: fresh(1)[0] }),
    "documents(first: 1000)": () => client.ask(LONG_LIST),
    "100 aliases": () => manyAliases(client, fresh(100), perRequest),
    MMR: () => client.ask(DIVERSE, { text: fresh(1)[0] }),
    "32 clients": () => perSecond(fresh(plan.sized(320, 64)), 32, (text) => search(client, text)),
  };
  const figures = {};
  for (const [name, work] of Object.entries(works)) {
    // What is only compiled once, and what was left of the work before, is no part of it.
    await work();
    const held = await server.during(async () => {
      for (let time = 0; time < TIMES; time++) await work();
    });
    figures[`${name}, ms`] = held.longestMs;
  }
  const longest = Math.max(...Object.values(figures));
  const result = judged(figures, [{ what: "longest, ms", value: longest, atMost: MOST_MS }], longest / MOST_MS);
  return { ...result, figures: { ...result.figures, "aliases a request": perRequest } };
}

const aliased = (texts) =>
  `{ ${texts.map((text, i) => `a${i}: searchByText(input: { text: ${JSON.stringify(text)} }, first: 5) { ${NODES} }`).join("\n")} }`;

const manyAliases = async (client, texts, perRequest) => {
  const parts = Array.from({ length: Math.ceil(texts.length / perRequest) }, (_, i) =>
    texts.slice(i * perRequest, (i + 1) * perRequest),
  );
  await Promise.all(parts.map((part) => client.ask(aliased(part))));
};

/** How many searches one request may hold: 100, or the largest halving of it that the server takes. */
async function aliasesAllowed(client) {
  for (let count = 100; count > 1; count = Math.floor(count / 2)) {
    const { answer } = await client.send(aliased(queries(count, "allowed")));
    if (!answer.errors) return count;
  }
  return 1;
}
