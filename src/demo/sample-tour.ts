import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { drawSamples } from "../samples/draw-samples";
import { DRAWINGS } from "../samples/drawings";
import { SAMPLE_QUERIES } from "../samples/queries";
import { SENTENCES } from "../samples/sentences";
import { topicOf, type Topic } from "../samples/topic";
import type { Ask } from "./graphql-client";
import { ingestImages, ingestTexts } from "./ingest";
import { redCatComplaints } from "./red-cat-check";
import { calibrated } from "./calibrated";
import { say, showProgress } from "./terminal";
import type { TourReport } from "./tour";
import { firstPictureUrl, showImageSearch, showTextSearch, type Hit } from "./transcript";

/** Something to filter by. */
const metadataOf = ({ subjects, colour }: Topic): object => ({ about: subjects[0], ...(colour && { colour }) });

const keyOf = (name: string): string => `sample:${name}`;

/** Draws and stores the samples, then searches them. */
export async function sampleTour(ask: Ask, folder: string): Promise<TourReport> {
  const queried = SAMPLE_QUERIES.flatMap((query) => (query.kind === "image" ? [query.drawing] : []));
  const read = (key: string) => readFile(join(folder, `${key}.png`));
  await drawSamples([...DRAWINGS, ...queried], folder, (done, total) => showProgress("Drawing pictures", done, total));
  await ingestTexts(
    ask,
    SENTENCES.map((sentence) => ({ key: keyOf(sentence.text), text: sentence.text, metadata: metadataOf(sentence) })),
  );
  const images = DRAWINGS.map((drawing) => ({
    key: keyOf(drawing.key),
    caption: drawing.caption,
    metadata: metadataOf(topicOf(drawing)),
    read: () => read(drawing.key),
  }));
  const { refused } = await ingestImages(ask, images);
  for (const [key, reason] of refused) throw new Error(`The sample ${key} was refused: ${reason}`);
  await calibrated(ask);

  const found: (readonly Hit[])[] = [];
  for (const query of SAMPLE_QUERIES) {
    if (query.kind === "text") found.push(await showTextSearch(ask, query.text));
    else found.push(await showImageSearch(ask, query.drawing.caption, await read(query.drawing.key)));
  }
  say();
  // The first two queries ask for red cats, by words and by a picture.
  const complaints = redCatComplaints(found[0]!, found[1]!);
  return { complaints, pictureUrl: firstPictureUrl(found.flat()) };
}
