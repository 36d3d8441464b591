import type { Hit } from "./transcript";

const FIRST = 3;

const isRedCat = ({ document }: Hit): boolean => /\bred cats?\b/i.test(document.text ?? document.caption ?? "");

/** What a seeker of red cats, by words and by a picture, would complain of in the hits; empty: nothing. */
export function redCatComplaints(byWords: readonly Hit[], byPicture: readonly Hit[]): string[] {
  const redCats = byWords.filter(isRedCat);
  const first = byPicture.slice(0, FIRST);
  return [
    ...(redCats.some((hit) => hit.__typename === "TextHit") ? [] : ["the words found no text about a red cat"]),
    ...(redCats.some((hit) => hit.__typename === "ImageHit") ? [] : ["the words found no picture of a red cat"]),
    ...(first.length === FIRST && first.every(isRedCat)
      ? []
      : ["the picture of a red cat did not find red cats first"]),
  ];
}
