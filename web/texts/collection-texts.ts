import { counted, number } from "./counted";

/** What is said of the collection and its modality gap. */
export const collectionTexts = {
  collection: {
    title: "Collection",
    texts: "texts",
    images: "pictures",
    model: "Model",
    dimension: "Vector length",
    name: "Name in Milvus",
    share: (texts: string, images: string) => `${texts} texts and ${images} pictures`,
    number: (n: number) => number.format(n),
  },
  gap: {
    title: "The modality gap",
    measuring: "Measuring how far texts and pictures are apart …",
    tooFew: "There are too few texts or pictures to measure how far they are apart: 16 of each are needed.",
    about: "Texts and pictures lie apart in the model's space, whatever they show. Calibration takes that out.",
    plot: (points: number) =>
      `A map of ${counted(points, "document", "documents")}: arrow keys go from one to the next, Enter opens it`,
    closer: "Closer",
    farther: "Farther",
    whole: "All of it",
    distance: "Distance of the two centres",
    cosine: "Cosine of the two centres",
    similarities: "How alike pairs are",
    withinText: "Two texts",
    withinImage: "Two pictures",
    across: "A text and a picture",
    meanAndSpread: (mean: number, spread: number) => `${mean.toFixed(3)} ± ${spread.toFixed(3)}`,
  },
} as const;
