import type { Colour } from "./colours";
import type { Drawing } from "./drawing";

/** What a sample is about; the judge of whether one sample answers another. */
export interface Topic {
  readonly subjects: readonly string[];
  /** Null: none is named, or the thing's usual one. */
  readonly colour: Colour | null;
}

/** Emoji names that are not what people call the thing, and faces, which stand for the animal. */
const SUBJECTS: Readonly<Record<string, string>> = {
  automobile: "car",
  "birthday-cake": "cake",
  "cat-face": "cat",
  "cheese-wedge": "cheese",
  "crescent-moon": "moon",
  "delivery-truck": "truck",
  "dog-face": "dog",
  ewe: "sheep",
  honeybee: "bee",
  "hot-beverage": "coffee",
  locomotive: "train",
  "red-apple": "apple",
  "umbrella-with-rain-drops": "umbrella",
};

/** The topic of a drawing. */
export const topicOf = ({ name, colour }: Drawing): Topic => ({
  subjects: [SUBJECTS[name] ?? name.replaceAll("-", " ")],
  colour,
});

/** Whether a document is what a query asks for: one of its subjects, in its colour where it names one. */
export const isRelevant = (query: Topic, document: Topic): boolean =>
  (query.colour === null || query.colour === document.colour) &&
  query.subjects.some((subject) => document.subjects.includes(subject));
