import { emojiData } from "./emoji-data";

/** An emoji of a thing: an animal, a plant, food, a place, a tool. */
export interface Emoji {
  /** As the drawing sets name it: "red-apple". */
  readonly name: string;
  readonly label: string;
  /** emojibase's number of its kind: birds, fruit, tools … */
  readonly subgroup: number;
  /** Words that are said of it. */
  readonly tags?: readonly string[];
}

/** The things among the emoji, in Unicode's order. */
export const EMOJIS = emojiData<readonly Emoji[]>("emojis");
