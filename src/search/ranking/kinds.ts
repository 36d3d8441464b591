import type { Modality, Vector } from "../document";

/** Unit vectors, per modality. */
export type Samples = PerModality<readonly Vector[]>;

export type PerModality<T> = Readonly<Record<Modality, T>>;

/** A pair of kinds, query first: "text-image" is a text query against pictures. */
export type KindPair = `${Modality}-${Modality}`;
export type PerPair<T> = Readonly<Record<KindPair, T>>;

export const perModality = <T>(make: (modality: Modality) => T): PerModality<T> => ({
  text: make("text"),
  image: make("image"),
});

export const perPair = <T>(make: (query: Modality, document: Modality) => T): PerPair<T> => ({
  "text-text": make("text", "text"),
  "text-image": make("text", "image"),
  "image-text": make("image", "text"),
  "image-image": make("image", "image"),
});
