import { COLOURS, type Colour } from "./colours";
import { drawing, type Drawing } from "./drawing";
import { EMOJIS, type Emoji } from "./emojis";
import { hasIcon } from "./icon-svg";

/** A picture and the one text that names it. */
export interface NamedDrawing {
  readonly drawing: Drawing;
  readonly text: string;
}

/** 28 clocks are one thing, and an arrow beside a thing is two. */
const NOT_ONE_THING = /clock$|thirty$|flag|arrow$/;
/** One in so many things comes in all colours. */
const COLOURED_EVERY = 6;

const THINGS = EMOJIS.filter(({ name }) => !NOT_ONE_THING.test(name) && hasIcon("openmoji", name));

const named = ({ name, label }: Emoji, colour: Colour | null): NamedDrawing => ({
  drawing: drawing({ name, noun: label, set: "openmoji", colour }),
  text: colour === null ? `a ${label}` : `a ${colour} ${label}`,
});

/**
 * Things drawn in OpenMoji, the style that mini-clip's training never showed, with texts as on its card: all of them in
 * their own colours, and some in every colour.
 */
export const unseenThings = (): NamedDrawing[] => THINGS.map((thing) => named(thing, null));

export const unseenColouredThings = (): NamedDrawing[] =>
  THINGS.filter((_, i) => i % COLOURED_EVERY === 0).flatMap((thing) =>
    (Object.keys(COLOURS) as Colour[]).map((colour) => named(thing, colour)),
  );
