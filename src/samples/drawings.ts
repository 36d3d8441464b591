import type { Colour } from "./colours";
import { drawing, type Drawing, type DrawingSet } from "./drawing";

/** An emoji in many colours; `noun` is what people call it. */
interface Recoloured {
  readonly name: string;
  readonly noun: string;
  readonly in: Readonly<Partial<Record<DrawingSet, readonly Colour[]>>>;
}

const RECOLOURED: readonly Recoloured[] = [
  {
    name: "cat",
    noun: "cat",
    in: {
      noto: ["red", "blue", "green", "yellow", "orange", "purple", "pink", "black", "white"],
      twemoji: ["blue", "green", "black", "purple"],
      "fluent-emoji-flat": ["red", "blue", "yellow", "gray"],
    },
  },
  { name: "cat-face", noun: "cat face", in: { noto: ["red", "blue"], "fluent-emoji-flat": ["red", "green"] } },
  {
    name: "dog",
    noun: "dog",
    in: {
      noto: ["red", "blue", "green", "brown", "black", "white"],
      twemoji: ["red", "blue", "yellow"],
      "fluent-emoji-flat": ["red", "pink"],
    },
  },
  {
    name: "automobile",
    noun: "car",
    in: {
      noto: ["red", "blue", "green", "yellow", "black", "white"],
      twemoji: ["red", "blue", "orange"],
      "fluent-emoji-flat": ["green", "purple"],
    },
  },
  {
    name: "bird",
    noun: "bird",
    in: {
      noto: ["red", "blue", "green", "yellow", "black"],
      twemoji: ["red", "blue", "orange"],
      "fluent-emoji-flat": ["blue", "pink"],
    },
  },
  { name: "red-apple", noun: "apple", in: { noto: ["red", "green", "yellow"], twemoji: ["red", "green"] } },
  { name: "balloon", noun: "balloon", in: { noto: ["red", "blue", "green", "yellow", "purple"], twemoji: ["pink"] } },
  { name: "t-shirt", noun: "t-shirt", in: { noto: ["red", "green", "black"], twemoji: ["yellow", "white"] } },
  { name: "butterfly", noun: "butterfly", in: { noto: ["red", "blue", "yellow"], twemoji: ["purple", "green"] } },
  { name: "fish", noun: "fish", in: { noto: ["red", "green", "orange"], twemoji: ["blue", "yellow"] } },
  { name: "rabbit", noun: "rabbit", in: { noto: ["red", "white"], twemoji: ["blue", "brown"] } },
  { name: "bicycle", noun: "bicycle", in: { noto: ["red", "blue"], twemoji: ["green"] } },
  { name: "tulip", noun: "tulip", in: { noto: ["red", "yellow"], twemoji: ["purple", "white"] } },
  { name: "umbrella", noun: "umbrella", in: { noto: ["red", "black"], twemoji: ["blue"] } },
];

/** [emoji, what people call it, its colour, the ground's colour] */
const ON_GROUNDS: readonly (readonly [string, string, Colour | null, Colour])[] = [
  ["cat", "cat", "red", "blue"],
  ["cat", "cat", "white", "green"],
  ["cat", "cat", null, "red"],
  ["dog", "dog", "black", "yellow"],
  ["dog", "dog", null, "blue"],
  ["automobile", "car", "green", "yellow"],
  ["automobile", "car", "white", "gray"],
  ["bird", "bird", "blue", "orange"],
  ["bird", "bird", "white", "blue"],
  ["balloon", "balloon", "red", "blue"],
  ["red-apple", "apple", "green", "pink"],
  ["butterfly", "butterfly", "orange", "green"],
];

const PLAIN: Readonly<Partial<Record<DrawingSet, string>>> = {
  noto:
    "cat dog dog-face horse cow pig elephant lion tiger penguin turtle snake frog bus bicycle airplane rocket sailboat " +
    "banana pizza hamburger cheese-wedge bread cloud snowflake rainbow house guitar key scissors",
  twemoji:
    "cat bird rabbit owl whale spider mouse honeybee locomotive helicopter motorcycle tractor cherries grapes strawberry " +
    "birthday-cake hot-beverage sun fire umbrella-with-rain-drops camera trumpet hammer light-bulb soccer-ball",
  "fluent-emoji-flat":
    "cat dog-face duck ewe goat crocodile octopus ambulance taxi delivery-truck ship lemon carrot mushroom ice-cream " +
    "tornado star crescent-moon violin pencil chair backpack",
};

/** The sample pictures: things in their own colours and recoloured, in three drawing styles, some on coloured grounds. */
export const DRAWINGS: readonly Drawing[] = [...recoloured(), ...onGrounds(), ...plain()];

function recoloured(): Drawing[] {
  return RECOLOURED.flatMap(({ name, noun, in: sets }) =>
    Object.entries(sets).flatMap(([set, colours]) =>
      colours.map((colour) => drawing({ name, noun, set: set as DrawingSet, colour })),
    ),
  );
}

function onGrounds(): Drawing[] {
  return ON_GROUNDS.map(([name, noun, colour, ground]) => drawing({ name, noun, set: "noto", colour, ground }));
}

function plain(): Drawing[] {
  return Object.entries(PLAIN).flatMap(([set, names]) =>
    names.split(" ").map((name) => drawing({ name, set: set as DrawingSet })),
  );
}
