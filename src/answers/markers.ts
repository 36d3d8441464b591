/** A marker in a text: where it stands, with the space before it, and the source that it names. */
export interface Marker {
  readonly start: number;
  readonly end: number;
  readonly source: number;
}

/** "[1]", "[1, 3]", "[source 2]", "【1】", with the space before. */
const MARKER = /\s*[[【]\s*(?:sources?\s*)?(\d{1,6}(?:\s*(?:,|;|&|and)\s*(?:sources?\s*)?\d{1,6})*)\s*[\]】]/gi;
/** So much may stand within the brackets of a marker that is not closed yet. */
const LONGEST_OPEN = 40;

/** Where words end within what may become a marker: where that begins, with the word that it is of and the space before. */
export function openMarkerAt(words: string): number | null {
  const bracket = Math.max(words.lastIndexOf("["), words.lastIndexOf("【"));
  const inside = words.slice(bracket + 1);
  if (bracket < 0 || inside.length > LONGEST_OPEN || !/^[\s\w,;&]*$/.test(inside)) return null;
  let at = bracket;
  while (at > 0 && !isSpace(words[at - 1]!)) at--;
  while (at > 0 && isSpace(words[at - 1]!)) at--;
  return at;
}

const isSpace = (character: string): boolean => /\s/.test(character);

export interface Marked {
  /** With a marker "[n]" for each source that is there, and none for others. */
  readonly text: string;
  readonly markers: readonly Marker[];
  /** How many named no source. */
  readonly dropped: number;
}

/** Brings a model's markers into one form; sources are numbered from 1 to `sources`. */
export function readMarkers(words: string, sources: number): Marked {
  const markers: Marker[] = [];
  let [text, dropped, from] = ["", 0, 0];
  for (const found of words.matchAll(MARKER)) {
    text += words.slice(from, found.index);
    from = found.index + found[0].length;
    const numbers = found[1]!.match(/\d+/g)!.map(Number);
    const there = [...new Set(numbers)].filter((number) => number >= 1 && number <= sources);
    dropped += numbers.filter((number) => !there.includes(number)).length;
    const space = /^\s*/.exec(found[0])![0];
    there.forEach((source, i) => {
      const start = text.length;
      text += `${i === 0 ? space : ""}[${source}]`;
      markers.push({ start, end: text.length, source });
    });
  }
  return { text: text + words.slice(from), markers, dropped };
}
