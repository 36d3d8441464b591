import { search } from "../client.mjs";
import { photos, queries, texts } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median } from "../measure.mjs";
import { fillPictures, fillTexts } from "../stage/stages.mjs";
import { eachStage } from "../stage/timings.mjs";

const BATCHES = [1, 2, 4, 8, 16, 32];
const RUNS = 3;
const ROUNDS = 5;
const SEARCHES_A_ROUND = 12;
const STORED = { texts: 60, pictures: 20 };

/** The bare model, texts and pictures, batches of 1 to 32: milliseconds an item and the share of each stage. Told, with no target. */
export async function bareEncoder(stage) {
  const raw = await stage.raw();
  const [sentences, files] = [texts(32, "to be encoded"), await photos(32, 900)];
  const figures = {};
  const kinds = {
    text: (count) => ({ texts: sentences.slice(0, count) }),
    picture: (count) => ({ pictures: files.slice(0, count) }),
  };
  for (const [kind, of] of Object.entries(kinds)) {
    for (const batch of BATCHES) {
      const runs = [];
      const wanted = { ...of(batch), perRun: batch };
      for (let n = 0; n < stage.plan.sized(RUNS, 1); n++) runs.push(await raw.run(wanted));
      const typical = runs.toSorted((a, b) => a.ms - b.ms)[Math.floor(runs.length / 2)];
      figures[`${kind}, batch ${batch}, ms each`] = typical.ms / batch;
      figures[`${kind}, batch ${batch}, shares`] = shares(typical);
    }
  }
  return judged(figures, []);
}

const shares = ({ ms, stages }) =>
  Object.entries(stages)
    .map(([stage, own]) => `${stage} ${((100 * own) / ms).toFixed(1)} %`)
    .join(", ");

/** A new query's median over HTTP, against the bare model on the same text; where the search says that its time goes. */
export async function searchBeyondEncoder(stage) {
  const { server, plan } = stage;
  const raw = await stage.raw();
  await fillTexts(server, texts(plan.sized(STORED.texts, 10), "stored"));
  await fillPictures(server, await photos(plan.sized(STORED.pictures, 8), 950));
  const asked = (round) => queries(plan.sized(SEARCHES_A_ROUND, 4), `beyond${round}`);
  await search(server.client, "warm");
  const p50 = await alternate(ROUNDS, {
    ours: async (round) => median((await eachTimed(asked(round), 1, (text) => search(server.client, text))).each),
    raw: async (round) => median((await eachTimed(asked(round), 1, (text) => raw.run({ texts: [text] }))).each),
  });
  const more = median(p50.ours.map((ms, round) => ms - p50.raw[round]));
  const figures = { "API, p50 ms": median(p50.ours), "bare encoder, p50 ms": median(p50.raw), "more, ms": more };
  const stages = await eachStage(server.client, queries(plan.sized(SEARCHES_A_ROUND, 4), "told"));
  return judged(
    { ...figures, ...stages },
    [{ what: "p50 more, ms", value: more, atMost: 5 }],
    median(p50.ours) / median(p50.raw),
  );
}
