import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { drawSamples } from "../../src/samples/draw-samples";
import { DRAWINGS } from "../../src/samples/drawings";
import { SENTENCES } from "../../src/samples/sentences";
import { IngestImagesDocument, IngestTextsDocument, SearchByTextDocument, type Ranking } from "../generated/operations";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const folder = join(server.folder, "samples");
  await drawSamples(DRAWINGS, folder, () => undefined);
  await server.ask(IngestTextsDocument, { input: SENTENCES.map(({ text }) => ({ text })) });
  for (let at = 0; at < DRAWINGS.length; at += 50) {
    const part = DRAWINGS.slice(at, at + 50);
    const image = async (key: string) => ({ base64: (await readFile(join(folder, `${key}.png`))).toString("base64") });
    const input = await Promise.all(part.map(async ({ key, caption }) => ({ caption, image: await image(key) })));
    await server.ask(IngestImagesDocument, { input });
  }
  // So that its calibration is drawn from all of it, not from what was stored when it last looked.
  server = await server.restart();
});
afterAll(() => server.remove());

const QUERIES = ["a red cat", "a blue car", "a green bird", "a dog"];

/** Share of pictures among the first ten hits, over all queries. */
async function shareOfPictures(ranking: Ranking): Promise<number> {
  const answers = await Promise.all(
    QUERIES.map((text) => server.ask(SearchByTextDocument, { input: { text, ranking }, first: 10 })),
  );
  const hits = answers.flatMap(({ data }) => data.searchByText.nodes);
  return hits.filter(({ __typename }) => __typename === "ImageHit").length / hits.length;
}

it("plain cosine buries pictures under texts, the calibrated ranking does not", async () => {
  expect(await shareOfPictures("COSINE")).toBeLessThan(0.1);
  const calibrated = await shareOfPictures("CALIBRATED");
  expect(calibrated).toBeGreaterThan(0.3);
  expect(calibrated).toBeLessThan(0.9);
});

it("puts a red cat's picture and text on top for a red cat", async () => {
  const { data } = await server.ask(SearchByTextDocument, { input: { text: "a red cat" }, first: 6 });
  const shown = data.searchByText.nodes.map((hit) =>
    hit.__typename === "TextHit" ? hit.document.text : `picture: ${hit.document.caption}`,
  );
  expect(shown).toEqual(expect.arrayContaining(["A red cat", "picture: A red cat"]));
});
