import { setTimeout as pause } from "node:timers/promises";
import { search, storePictures, storeTexts } from "../client.mjs";
import { queries, specks, texts } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median, percentile } from "../measure.mjs";

const ROUNDS = 3;
const SEARCHES_A_ROUND = 100;
const TEXT_CLIENTS = 3;
const TEXTS_A_CALL = 100;
const PICTURES_A_CALL = 20;
const SETTLED_AFTER_MS = 4_000;

/** Searches of one client while three store texts and one stores pictures without a pause, against the same on an idle server. */
export async function besideIngestion(stage) {
  await stage.filled();
  const { server, plan } = stage;
  const loops = [];
  const stored = [];
  const searches = async (series) => {
    const wanted = queries(plan.sized(SEARCHES_A_ROUND, 20), series);
    return percentile((await eachTimed(wanted, 1, (text) => search(server.client, text))).each, 0.95);
  };
  const { idle, busy } = await alternate(ROUNDS, {
    idle: async (round) => {
      await pause(SETTLED_AFTER_MS);
      return searches(`idle${round}`);
    },
    busy: async (round) => {
      const bulk = startBulk(server.client, `beside ${round}`);
      await pause(1_000);
      let p95;
      const loop = await server.during(async () => (p95 = await searches(`busy${round}`)));
      stored.push(await bulk.stop());
      loops.push(loop);
      return p95;
    },
  });
  const ratio = median(busy.map((p95, round) => p95 / idle[round]));
  const loop = Math.max(...loops.map(({ p99Ms }) => p99Ms));
  const figures = {
    "idle, p95 ms": median(idle),
    "beside ingestion, p95 ms": median(busy),
    "stored meanwhile, items/s": median(stored),
    "event loop, p99 ms": loop,
    "event loop, longest ms": Math.max(...loops.map(({ longestMs }) => longestMs)),
  };
  return judged(figures, [
    { what: "times the idle p95", value: ratio, atMost: 3 },
    { what: "event loop, p99 ms", value: loop, atMost: 20 },
  ]);
}

/** Clients that store until they are stopped; `stop` tells how many items a second. */
function startBulk(client, series) {
  let [going, stored] = [true, 0];
  const began = performance.now();
  const textClient = async (_, n) => {
    for (let call = 0; going; call++) {
      await storeTexts(client, texts(TEXTS_A_CALL, `${series} client ${n} call ${call}`));
      stored += TEXTS_A_CALL;
    }
  };
  const pictureClient = async () => {
    while (going) {
      await storePictures(client, await specks(PICTURES_A_CALL));
      stored += PICTURES_A_CALL;
    }
  };
  const clients = Promise.all([...Array.from({ length: TEXT_CLIENTS }, textClient), pictureClient()]);
  // The searches must not go on beside nothing: what fails here fails the row when it stops.
  clients.catch(() => undefined);
  const stop = async () => {
    going = false;
    await clients;
    return (1_000 * stored) / (performance.now() - began);
  };
  return { stop };
}
