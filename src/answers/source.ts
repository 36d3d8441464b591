import { given, pictureOf } from "../documents/sparse-document";
import { inParallel } from "../in-parallel";
import type { PictureKey } from "../ports/media-store";
import type { SearchHit } from "../search/search-hit";
import { cutAround, cutToTokens, fairShares, tokensOf } from "./token-budget";

/** A hit as the model is given it. */
export interface Source {
  /** What the model cites it by, from 1. */
  readonly number: number;
  readonly hit: SearchHit;
  /** A text, or what was said of a picture; "" where nothing was. */
  readonly text: string;
  /** Whether there is more of the text. */
  readonly isCut: boolean;
  readonly picture: SourcePicture | null;
}

/** A picture's file, of a bounded size. */
export interface SourcePicture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What the model may be given of what was found. */
export interface SourceBudget {
  readonly texts: number;
  readonly pictures: number;
  /** Of all texts and captions together, estimated. */
  readonly tokens: number;
}

/** Null: the picture was deleted. */
export type ReadPicture = (picture: PictureKey) => Promise<SourcePicture | null>;

const PICTURES_AT_ONCE = 4;

/** How many hits to look at: one kind may fill the first places. */
export const hitsFor = ({ texts, pictures }: SourceBudget): number => 2 * (texts + pictures);

/** The best texts and pictures that the budget has room for, in the order of the hits. */
export async function gatherSources(
  hits: readonly SearchHit[],
  budget: SourceBudget,
  readPicture: ReadPicture,
): Promise<Source[]> {
  const left = { text: budget.texts, image: budget.pictures };
  const chosen = hits.filter(({ document: { modality } }) => left[modality]-- > 0);
  const shown = await inParallel(chosen, PICTURES_AT_ONCE, async (hit) => ({
    hit,
    picture: hit.document.modality === "image" ? await readPicture(pictureOf(hit.document)) : null,
  }));
  const there = shown.filter(({ hit, picture }) => hit.document.modality === "text" || picture !== null);
  const texts = there.map(({ hit }) => wordsOf(hit));
  const shares = fairShares(texts.map(tokensOf), budget.tokens);
  return there.map(({ hit, picture }, i) => {
    const [whole, share] = [texts[i]!, shares[i]!];
    const text = hit.passage === null ? cutToTokens(whole, share) : cutAround(whole, hit.passage, share);
    return { number: i + 1, hit, text, isCut: text.length < whole.length, picture };
  });
}

const wordsOf = ({ document }: SearchHit): string =>
  document.modality === "text" ? given(document.text) : (given(document.caption) ?? "");
