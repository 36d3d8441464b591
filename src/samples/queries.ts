import { drawing, type Drawing } from "./drawing";

/** A query of the demo's tour: a text, or a picture that is not among those stored. */
export type SampleQuery =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "image"; readonly drawing: Drawing };

const text = (words: string): SampleQuery => ({ kind: "text", text: words });
const image = (shown: Drawing): SampleQuery => ({ kind: "image", drawing: shown });

/** The tour: the first asks what the project was made for. */
export const SAMPLE_QUERIES: readonly SampleQuery[] = [
  text("Give me similar red cats"),
  image(drawing({ name: "cat-face", set: "twemoji", colour: "red" })),
  text("a dog"),
  text("something to drive"),
  text("a blue bird"),
  image(drawing({ name: "automobile", noun: "car", set: "twemoji", colour: "green" })),
  text("bad weather"),
  text("fruit"),
];
