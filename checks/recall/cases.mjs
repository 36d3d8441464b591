import { GROUPS } from "./documents.mjs";

const MODALITIES = { "texts and pictures": ["TEXT", "IMAGE"], texts: ["TEXT"], pictures: ["IMAGE"] };

/** Every kind of query among everything, one modality, and each group of documents. */
export const CASES = ["text", "picture"].flatMap((query) =>
  Object.entries(MODALITIES).flatMap(([among, modalities]) =>
    [null, ...Object.keys(GROUPS)].map((group) => ({
      name: `${query.padEnd(8)} among ${group === null ? "all" : group} ${among}`,
      query,
      modalities,
      group,
    })),
  ),
);

const LIST = `nodes { ... on TextHit { document { id } } ... on ImageHit { document { id } } }`;
const OPERATIONS = {
  text: `query ($input: SearchByTextInput!) { found: searchByText(input: $input, first: 10) { ${LIST} } }`,
  picture: `query ($input: SearchByImageInput!) { found: searchByImage(input: $input, first: 10) { ${LIST} } }`,
};

/** The GraphQL operation of a case with one of its queries. */
export function request({ query, modalities, group }, asked) {
  const where = group === null ? {} : { where: { metadata: { key: "groups", is: { contains: group } } } };
  const content = query === "text" ? { text: asked.text } : { image: { base64: asked.base64 } };
  return [OPERATIONS[query], { input: { ...content, ...where, modalities, ranking: "COSINE" } }];
}

/** The places of the documents that a case looks among. */
export const placesOf = ({ modalities, group }, documents) =>
  documents.flatMap(({ document: { modality, metadata } }, place) =>
    modalities.includes(modality.toUpperCase()) && (group === null || metadata.groups.includes(group)) ? [place] : [],
  );
