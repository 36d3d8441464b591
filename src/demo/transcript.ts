import type { Ask } from "./graphql-client";
import { bold, faint, say } from "./terminal";

export interface Hit {
  readonly __typename: "TextHit" | "ImageHit";
  readonly rank: number;
  readonly score: number;
  readonly cosine: number;
  readonly document: {
    readonly key: string | null;
    readonly text?: string;
    readonly caption?: string | null;
    readonly url?: string;
  };
}

const HITS = `nodes {
  __typename
  ... on RankedHit { rank score cosine }
  ... on TextHit { document { key text } }
  ... on ImageHit { document { key caption url } }
}`;
const BY_TEXT = `query ($text: String!) { hits: searchByText(input: { text: $text }, first: 5) { ${HITS} } }`;
const BY_IMAGE = `query ($base64: String!) { hits: searchByImage(input: { image: { base64: $base64 } }, first: 5) { ${HITS} } }`;

type Found = { readonly hits: { readonly nodes: readonly Hit[] } };

/** Asks with words and prints what came. */
export async function showTextSearch(ask: Ask, text: string): Promise<readonly Hit[]> {
  const { hits } = await ask<Found>(BY_TEXT, { text });
  say(`\n${bold(`searchByText(input: { text: ${JSON.stringify(text)} }, first: 5)`)}`);
  printHits(hits.nodes);
  return hits.nodes;
}

/** Asks with a picture and prints what came. */
export async function showImageSearch(ask: Ask, label: string, picture: Uint8Array): Promise<readonly Hit[]> {
  const { hits } = await ask<Found>(BY_IMAGE, { base64: Buffer.from(picture).toString("base64") });
  say(`\n${bold(`searchByImage(input: { image: { base64: … } }, first: 5)`)}   ${faint(`the picture: ${label}`)}`);
  printHits(hits.nodes);
  return hits.nodes;
}

/** The address of the best picture among hits; null where there is none. */
export const firstPictureUrl = (hits: readonly Hit[]): string | null =>
  hits.find(({ document }) => document.url !== undefined)?.document.url ?? null;

function printHits(hits: readonly Hit[]): void {
  for (const { rank, score, cosine, __typename, document } of hits) {
    const kind = __typename === "TextHit" ? "text " : "image";
    const content = document.text ?? document.caption ?? document.key ?? "";
    say(`  ${rank}. ${kind}  score ${score.toFixed(2).padStart(5)}  cosine ${cosine.toFixed(3)}  ${content}`);
    if (document.url) say(faint(`            ${document.url}`));
  }
}
