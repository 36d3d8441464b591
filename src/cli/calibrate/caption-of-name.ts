/** What a camera, a phone or a web site calls its pictures says nothing of what they show. */
const NO_WORDS = new Set(
  "img image images picture pictures photo photos pic dsc dscf dscn dcim pxl mvimg vid gopr whatsapp wa screenshot scan untitled copy jpeg jpg png".split(
    " ",
  ),
);

/**
 * The caption that a file's name is: its words, without numbers, endings and what cameras write. "Red-Cat_07.jpg" is "Red Cat".
 * Null where no word is left.
 */
export function captionOfName(path: string): string | null {
  const name = path
    .split("/")
    .at(-1)!
    .replace(/\.[^.]+$/, "");
  const words = name
    .normalize("NFC")
    .replaceAll(/[^\p{Letter}\p{Mark}'’]+/gu, " ")
    .trim()
    .split(" ")
    .filter((word) => word !== "" && !NO_WORDS.has(word.toLowerCase()));
  return words.some((word) => word.length > 1) || /\p{Script=Han}/u.test(name) ? words.join(" ") : null;
}
