import { median } from "../measure.mjs";
import { GROUPS, placeOf } from "./world.mjs";

const K = 10;
/** Cosines that differ by less count as equal. */
const ROUNDING = 1e-5;

const CASES = ["text", "picture"].flatMap((query) =>
  ["TEXT", "IMAGE"].flatMap((modality) => [null, ...Object.keys(GROUPS)].map((group) => ({ query, modality, group }))),
);

const LIST = "nodes { ... on TextHit { document { key } } ... on ImageHit { document { key } } }";
const OPERATIONS = {
  text: `query ($input: SearchByTextInput!) { found: searchByText(input: $input, first: ${K}) { ${LIST} } }`,
  picture: `query ($input: SearchByImageInput!) { found: searchByImage(input: $input, first: ${K}) { ${LIST} } }`,
};

/**
 * recall@10 by cosine among the first `size` documents, of text and picture queries within each modality, unfiltered and under
 * each filter: [{ name, group, recall, p50 }].
 */
export async function recalls(client, world, size) {
  const kinds = { text: world.queries.textQueries, picture: world.queries.pictureQueries };
  const tallies = CASES.map((one) => ({ ...one, wanted: 0, found: 0, times: [] }));
  for (const [query, asked] of Object.entries(kinds)) {
    for (const one of asked) {
      const cosine = cosines(one.vector, world, size);
      // The query's own vector is made once, outside of what is measured.
      await client.ask(OPERATIONS[query], { input: inputOf({ query, modality: "TEXT", group: null }, one) });
      for (const tally of tallies.filter((other) => other.query === query))
        await count(client, world, tally, one, cosine);
    }
  }
  return tallies.map(({ query, modality, group, wanted, found, times }) => ({
    name: `${query} among ${group === null ? "all" : group} ${modality === "TEXT" ? "texts" : "pictures"}`,
    group,
    recall: wanted === 0 ? 1 : found / wanted,
    p50: median(times),
  }));
}

async function count(client, world, tally, asked, cosine) {
  const { wanted, worst } = exactTop(world, tally, cosine);
  const began = performance.now();
  const { nodes } = (await client.ask(OPERATIONS[tally.query], { input: inputOf(tally, asked) })).found;
  tally.times.push(performance.now() - began);
  tally.wanted += wanted;
  tally.found += nodes.filter(({ document }) => cosine[placeOf(document)] >= worst - ROUNDING).length;
}

function inputOf({ query, modality, group }, asked) {
  const where = group === null ? {} : { where: { metadata: { key: "groups", is: { contains: group } } } };
  const content = query === "text" ? { text: asked.text } : { image: { base64: asked.base64 } };
  return { ...content, ...where, modalities: [modality], ranking: "COSINE" };
}

/** How many there are of the exact top ten, and the cosine of the last one. */
function exactTop(world, { modality, group }, cosine) {
  const best = [];
  for (let n = 0; n < cosine.length; n++) {
    if (best.length === K && cosine[n] <= best[K - 1]) continue;
    if (world.modalityOf(n) !== modality || !world.isIn(group, n)) continue;
    best.push(cosine[n]);
    best.sort((a, b) => b - a);
    best.length = Math.min(best.length, K);
  }
  return { wanted: best.length, worst: best.at(-1) ?? Infinity };
}

function cosines(query, { vectors, dimension }, size) {
  const result = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += query[i] * vectors[n * dimension + i];
    result[n] = sum;
  }
  return result;
}
