// What a container must do for its clients.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { rootFolder } from "../../scripts/setup/folders.mjs";

const PICTURE = join(rootFolder, "docs/search-page.png");

async function ask(url, query, variables) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Stores a text and a picture. */
export async function storesBoth(url) {
  const base64 = (await readFile(PICTURE)).toString("base64");
  const mutation = `mutation ($base64: String!) {
    ingestTexts(input: [{ text: "A red cat" }]) { results { __typename } }
    ingestImages(input: [{ image: { base64: $base64 }, caption: "A page" }]) { results { __typename } }
  }`;
  const { ingestTexts, ingestImages } = await ask(url, mutation, { base64 });
  const became = [...ingestTexts.results, ...ingestImages.results].map((result) => result.__typename);
  if (became.some((kind) => kind !== "Ingested")) throw new Error(`not stored: ${became.join(", ")}`);
}

/** Finds the text and the picture, which opens. */
export async function findsBoth(url) {
  const query = `{ searchByText(input: { text: "a red cat" }, first: 2) { nodes { __typename ... on ImageHit { document { url } } } } }`;
  const { nodes } = (await ask(url, query)).searchByText;
  const picture = nodes.find((hit) => hit.document)?.document.url;
  if (nodes.length !== 2 || picture === undefined) throw new Error(`found ${JSON.stringify(nodes)}`);
  const { ok } = await fetch(picture);
  if (!ok) throw new Error(`${picture} does not open`);
}

/** After a restart both are there. */
export async function holdsWhatWasStored(url) {
  const { collection } = await ask(url, "{ collection { texts images } }");
  if (collection.texts !== 1 || collection.images !== 1)
    throw new Error(`after a restart: ${JSON.stringify(collection)}`);
}
