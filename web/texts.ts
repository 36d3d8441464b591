import { addTexts } from "./texts/add-texts";
import { answerTexts } from "./texts/answer-texts";
import { collectionTexts } from "./texts/collection-texts";
import { hitTexts } from "./texts/hit-texts";
import { queryTexts } from "./texts/query-texts";

/** Every word that the page says: here what all of it shares, in texts/ what its parts say. */
export const texts = {
  name: "Parallax",
  skip: "Skip to the content",
  nav: { label: "Pages", search: "Search", add: "Add", collection: "Collection" },
  explore: { label: "Explore the API", graphiql: "GraphiQL", sandbox: "Apollo Sandbox" },
  explorerTitles: { graphiql: "Queries to try; works offline", sandbox: "Apollo Sandbox; needs internet" },
  faults: {
    title: "That did not work.",
    again: "Try again",
    unreachable: "The server cannot be reached. Is it running?",
    uploadsElsewhere: (origin: string) =>
      `The server wants files at ${origin}, which this browser does not reach. Its operator has to set PUBLIC_URL.`,
    empty: (name: string) => `${name} is empty, a folder, or not there any more.`,
    noPicture: (name: string) => `${name} is not a picture.`,
    expired: "This list has grown old and cannot go on.",
    renew: "Search again",
    dismiss: "Dismiss",
  },
  ...queryTexts,
  ...hitTexts,
  ...answerTexts,
  ...addTexts,
  ...collectionTexts,
} as const;
