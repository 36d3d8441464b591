import { createServer } from "node:http";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fullSizeModel } from "./full-size/full-size.mjs";
import { pictures } from "./inputs.mjs";
import { inParts, sideBySide } from "./measure.mjs";
import { ask, setStage } from "./stage.mjs";

const ROUNDS = 3;
const START = `mutation ($input: IngestionInput!) { startIngestion(input: $input) { id } }`;
const STATE = `query ($id: ID!) { ingestion(id: $id) { state ingested createdAt finishedAt } }`;
/** Who asks often slows down what is measured; how long it took the job says itself. */
const ASK_EVERY_MS = 500;

/** Pictures a second through a job from a local HTTP server, against decoding, scaling and encoding them in a bare loop. */
export const miniJob = () => job({ aRound: 300 });

/** The same with a model of JinaCLIP v1's true size; a job has to reach nine tenths of the bare loop. */
export const fullSizeJob = async () => job({ aRound: 120, model: await fullSizeModel(), target: 0.9 });

async function job({ aRound, model, target = null }) {
  const files = await pictures(ROUNDS * aRound + 20);
  const host = await serve(files);
  const stage = await setStage({ ...(model && { model }), env: { FETCH_ALLOWED_HOSTS: host.name } });
  try {
    const rounds = inParts([...files.keys()].slice(20), aRound);
    await ingest(stage.url, host, [...files.keys()].slice(0, 20));
    await stage.raw.run({ pictures: files.slice(0, 20) });
    const { ours, raw, ratio } = await sideBySide(
      ROUNDS,
      async (round) => (1_000 * aRound) / (await ingest(stage.url, host, rounds[round])),
      async (round) => (1_000 * aRound) / (await stage.raw.run({ pictures: rounds[round].map((i) => files[i]) })),
    );
    const figures = { "job, pictures/s": ours, "decode, resize and encode in a loop, pictures/s": raw };
    return { figures, ratio, target, ok: target === null || ratio >= target };
  } finally {
    await stage.clear();
    host.stop();
  }
}

/** Milliseconds from the first item written down until the job is over. */
async function ingest(url, host, indices) {
  const images = indices.map((i) => ({ image: { url: `${host.url}/${i}` } }));
  const { id } = (await ask(url, START, { input: { images } })).startIngestion;
  for (;;) {
    const { state, ingested, createdAt, finishedAt } = (await ask(url, STATE, { id })).ingestion;
    if (state === "SUCCEEDED" && ingested === indices.length) return Date.parse(finishedAt) - Date.parse(createdAt);
    if (!["QUEUED", "RUNNING"].includes(state)) throw new Error(`The job ended ${state} with ${ingested} pictures.`);
    await pause(ASK_EVERY_MS);
  }
}

async function serve(files) {
  const server = createServer(({ url }, response) => response.end(files[Number(url.slice(1))]));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const name = `127.0.0.1:${server.address().port}`;
  return { name, url: `http://${name}`, stop: () => server.close() };
}
