import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DRAWINGS } from "../../src/samples/drawings";
import { drawSamples } from "../../src/samples/draw-samples";
import { SENTENCES } from "../../src/samples/sentences";
import { topicOf } from "../../src/samples/topic";
import { IngestImagesDocument, IngestTextsDocument } from "../generated/operations";
import { startTestServer, type TestServer } from "../support/server";

const SUBJECTS = ["cat", "dog", "car", "bird", "fish", "rose", "butterfly"];
const shown = DRAWINGS.filter((drawing) => SUBJECTS.includes(topicOf(drawing).subjects[0]!));

export interface StockedServer extends TestServer {
  /** A drawing's file: "red-cat-noto". */
  readonly pictureFile: (key: string) => string;
  readonly texts: number;
  readonly images: number;
}

/** A server that holds sample texts and pictures, with what each is about and its colour as metadata. */
export async function startStockedServer(env: Record<string, string> = {}): Promise<StockedServer> {
  const folder = await mkdtemp(join(tmpdir(), "parallax-page-"));
  const drawn = join(folder, "drawings");
  const [server] = await Promise.all([startTestServer({ folder, env }), drawSamples(shown, drawn, () => undefined)]);
  const texts = SENTENCES.map(({ text, subjects, colour }) => ({ text, metadata: { about: subjects[0], colour } }));
  await server.ask(IngestTextsDocument, { input: texts });
  const images = await Promise.all(
    shown.map(async (drawing) => ({
      caption: drawing.caption,
      image: { base64: await readFile(join(drawn, `${drawing.key}.png`), "base64") },
      metadata: { about: topicOf(drawing).subjects[0], colour: drawing.colour },
    })),
  );
  for (let at = 0; at < images.length; at += 100) {
    await server.ask(IngestImagesDocument, { input: images.slice(at, at + 100) });
  }
  const pictureFile = (key: string) => join(drawn, `${key}.png`);
  return { ...server, pictureFile, texts: texts.length, images: images.length };
}
