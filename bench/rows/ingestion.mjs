import { setTimeout as pause } from "node:timers/promises";
import { photos, texts } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, median, ratioOf } from "../measure.mjs";
import { spending } from "../stage/spending.mjs";
import { fillPictures, fillTexts } from "../stage/stages.mjs";

const ROUNDS = 3;
const AT_LEAST = 0.9;
/** Who asks often slows down what is measured; how long it took the job says itself. */
const ASK_EVERY_MS = 500;
const START = `mutation ($input: IngestionInput!) { startIngestion(input: $input) { id } }`;
const STATE = `query ($id: ID!) { ingestion(id: $id) { state ingested createdAt finishedAt } }`;

/** `ingestTexts`, 100 a call, four calls at once, against tokenizer and ONNX Runtime alone on the same texts. */
export const textIngestion = (aRound) =>
  againstRaw(aRound, "texts/s", {
    make: (count, series) => texts(count, `ingested ${series}`),
    ours: ({ server }, part) => fillTexts(server, part),
    raw: (part) => ({ texts: part }),
  });

/** `ingestImages`, 20 a call, four calls at once, against sharp's decoding and scaling and ONNX Runtime alone. */
export const pictureIngestion = (aRound) =>
  againstRaw(aRound, "pictures/s", {
    make: (count, series) => photos(count, series),
    ours: ({ server }, part) => fillPictures(server, part),
    raw: (part) => ({ pictures: part }),
  });

/** A job over pictures from a host on this machine, against the same. */
export const ingestionJob = (aRound) =>
  againstRaw(aRound, "pictures/s", {
    make: (count, series) => photos(count, 100 + series),
    ours: jobOf,
    raw: (part) => ({ pictures: part }),
  });

const againstRaw =
  (aRound, unit, { make, ours, raw }) =>
  async (stage) => {
    const model = await stage.raw();
    const count = stage.plan.sized(aRound, 20);
    const warm = await make(20, ROUNDS);
    const parts = [];
    for (let round = 0; round < ROUNDS; round++) parts.push(await make(count, round));
    await ours(stage, warm);
    await model.run(raw(warm));
    const rate = (ms) => (1_000 * count) / ms;
    const cost = spending(stage.server);
    const figures = await alternate(ROUNDS, {
      ours: async (round) => rate(await cost.during(count, () => ours(stage, parts[round]))),
      raw: async (round) => rate((await model.run(raw(parts[round]))).ms),
    });
    const rates = { [`Parallax, ${unit}`]: median(figures.ours), [`ONNX Runtime, ${unit}`]: median(figures.raw) };
    const shown = { ...rates, ...cost.figures() };
    return judged(shown, [{ what: `times its ${unit}`, value: ratioOf(figures.ours, figures.raw), atLeast: AT_LEAST }]);
  };

/** Milliseconds from the first item written down until the job is over. */
async function jobOf({ server: { client }, host }, files) {
  host.serve(files);
  const images = files.map((_, i) => ({ image: { url: `${host.url}/${i}` } }));
  const { id } = (await client.ask(START, { input: { images } })).startIngestion;
  for (;;) {
    const { state, ingested, createdAt, finishedAt } = (await client.ask(STATE, { id })).ingestion;
    if (state === "SUCCEEDED" && ingested === files.length) return Date.parse(finishedAt) - Date.parse(createdAt);
    if (!["QUEUED", "RUNNING"].includes(state)) throw new Error(`The job ended ${state} with ${ingested} pictures.`);
    await pause(ASK_EVERY_MS);
  }
}
