import { hashOf, type BenchmarkThing } from "./benchmark-things";

const MIN_ASKED = 2;
const MAX_ASKED = 3;
const MAX_TOLD = 4;

/** Sentences as people write them in notes, shops and guides; `words` may be empty. */
const FORMS: readonly ((label: string, words: readonly string[]) => string)[] = [
  (label, words) => `Today's page of the picture book shows: ${label}.${also(" It has to do with", words)}`,
  (label, words) => `We talked about the ${label} for an hour.${also(" The others kept coming back to", words)}`,
  (label, words) => `From the encyclopaedia, entry "${label}".${also(" See also", words)}`,
  (label, words) => `Somebody left a note that says ${label}${also(", and beneath it", words) || "."}`,
  (label, words) => `What I remember best is the ${label}.${also(" It still makes me think of", words)}`,
  (label, words) =>
    `The children were asked to draw this: ${label}.${also(" One of them said it reminds her of", words)}`,
  (label, words) => `For sale or to swap, as good as new: ${label}.${also(" Good for lovers of", words)}`,
  (label, words) => `My sister collects everything with a ${label} on it.${also(" Her shelves are full of", words)}`,
];

function also(lead: string, words: readonly string[]): string {
  if (words.length === 0) return "";
  const last = words.at(-1)!;
  const list = words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
  return `${lead} ${list}.`;
}

/** The text document about a thing: its label and half of what else is said of it, in a sentence or two. */
export function textAbout({ name, label, told }: BenchmarkThing): string {
  const form = FORMS[hashOf(`form of ${name}`) % FORMS.length]!;
  return form(label, told.slice(0, MAX_TOLD));
}

/** Words to find a thing by that neither its label nor its text has; null where too few are known. */
export const wordsFor = ({ asked }: BenchmarkThing): readonly string[] | null =>
  asked.length < MIN_ASKED ? null : asked.slice(0, MAX_ASKED);
