import type { ImageCardFragment, TextCardFragment } from "../generated/operations";
import { texts } from "../texts";

export type CardDocument = TextCardFragment | ImageCardFragment;

export const isImage = (document: CardDocument): document is ImageCardFragment =>
  document.__typename === "ImageDocument";

const NAME_LENGTH = 60;

/** What a document is called where there is room for a line. */
export function nameOf(document: CardDocument): string {
  const name = isImage(document) ? document.caption || texts.hits.image : document.text;
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)} …` : name;
}

const WIDEST = 2.2;
const NARROWEST = 0.7;
const LONG_TEXT = 220;

/** How wide a card is, in heights of its row. */
export function ratioOf(document: CardDocument): number {
  const ratio = isImage(document) ? document.width / document.height : 1 + document.text.length / LONG_TEXT;
  return Math.min(WIDEST, Math.max(NARROWEST, ratio));
}
