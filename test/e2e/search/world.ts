import { SENTENCES } from "../../../src/samples/sentences";
import type { SearchStage } from "../../support/search-stage";

/** What the shared collection holds beside the sample sentences: a rare word in a text and in a caption. */
export const ZEPPELIN = "Minutes of the meeting about zeppelins";
export const CAPTIONED = { drawing: "black-bird-noto", caption: "Ocelot on a postcard" };

/** Every fourth has no shelf; every third is tagged; rooms are objects. */
const metadataOf = (i: number) => ({
  ...(i % 4 === 3 ? {} : { shelf: i % 5 }),
  ...(i % 3 === 0 ? { tags: [i % 2 ? "odd" : "even"] } : {}),
  room: { floor: i % 6 },
});

/** Sentences, and pictures of which every second has a caption; the calibration is up to date then. */
export async function fillWorld(stage: SearchStage): Promise<void> {
  await stage.clear();
  const texts = [...SENTENCES.slice(0, 50).map(({ text }) => text), ZEPPELIN];
  await stage.addTexts(texts.map((text, i) => ({ key: `text ${i}`, text, metadata: metadataOf(i) })));
  const pictures = stage.drawings.map(({ key, caption }, i) => ({
    drawing: key,
    key,
    caption: key === CAPTIONED.drawing ? CAPTIONED.caption : i % 2 ? caption : null,
    metadata: metadataOf(i),
  }));
  await stage.addPictures(pictures);
  await stage.restart();
}
