import type { Modality, Vector } from "../../documents/document";
import { lazy } from "../lazy";

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

/** The same, each made when it is first asked for. */
export function lazyPerModality<T>(make: (modality: Modality) => T): PerModality<T> {
  const [text, image] = [lazy(() => make("text")), lazy(() => make("image"))];
  return {
    get text() {
      return text();
    },
    get image() {
      return image();
    },
  };
}

export const perPair = <T>(make: (query: Modality, document: Modality) => T): PerPair<T> => ({
  "text-text": make("text", "text"),
  "text-image": make("text", "image"),
  "image-text": make("image", "text"),
  "image-image": make("image", "image"),
});
