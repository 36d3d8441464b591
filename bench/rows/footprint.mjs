import { setTimeout as pause } from "node:timers/promises";
import { search } from "../client.mjs";
import { drawings, queries, texts } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, median, perSecond, ratioOf } from "../measure.mjs";
import { inPlace } from "../stage/place.mjs";
import { startRawModel } from "../stage/raw.mjs";
import { MINI_CLIP, processTree, startParallax } from "../stage/server.mjs";
import { KINDS, spentOnStart } from "../stage/spending.mjs";
import { fillPictures, fillTexts } from "../stage/stages.mjs";

const STARTS = 5;

/** A server on a new folder for as long as `work` takes. */
const onNewServer = (work) => inPlace(async ({ folder, keep }) => work(keep(await startParallax(folder))));

/**
 * From launch to the first 200 on /ready, Milvus Lite and an empty data folder included; against loading the bare model. Told, too:
 * what each process of the last start spent on it.
 */
export async function startUp() {
  let spent = {};
  const { ours, model } = await alternate(STARTS, {
    ours: () =>
      onNewServer(async (server) => {
        spent = spentOnStart(server);
        return server.startMs;
      }),
    model: async () => {
      const raw = await startRawModel(MINI_CLIP);
      await raw.stop();
      return raw.startMs;
    },
  });
  const figures = { "to /ready, ms": median(ours), "model alone, ms": median(model), ...spent };
  return judged(figures, [{ what: "to /ready, ms", value: median(ours), atMost: 2_000 }], ratioOf(ours, model));
}

/** Resident memory of all processes after the other rows, against the bare model's process, which did the same work. */
export async function allProcesses(stage) {
  await stage.filled();
  const raw = await stage.raw();
  const tree = processTree(stage.server.pid);
  const sum = (rows) => rows.reduce((total, { megabytes }) => total + megabytes, 0);
  const parts = KINDS.map(([kind, pattern]) => [
    `${kind}, MB`,
    sum(tree.filter(({ command }) => pattern.test(command))),
  ]);
  const main = sum(tree.filter(({ pid }) => pid === stage.server.pid));
  const bare = sum(processTree(raw.pid));
  const figures = { "main, MB": main, ...Object.fromEntries(parts), "all, MB": sum(tree), "ONNX Runtime, MB": bare };
  return judged(figures, [], sum(tree) / bare);
}

const DOCUMENTS = 100_000;
const PICTURES_AMONG = 500;
const SEARCHES = 10_000;
const STEPS = 20;
const SETTLED_AFTER_MS = 3_000;

/**
 * The main process's resident memory while documents come in through the API and searches go on, a twentieth of both at a
 * time: at the end, and how much it grew over the second half.
 */
export const mainProcess = (plan) =>
  onNewServer(async (server) => {
    const [documents, searches] = [plan.sized(DOCUMENTS, 2_000) / STEPS, plan.sized(SEARCHES, 400) / STEPS];
    const start = (await server.told()).rssMb;
    await fillPictures(server, await drawings(plan.sized(PICTURES_AMONG, 20)));
    const megabytes = [];
    let held;
    for (let step = 0; step < STEPS; step++) {
      await fillTexts(server, texts(documents, `step ${step}`));
      await perSecond(queries(searches, `step${step}`), 8, (text) => search(server.client, text));
      await pause(SETTLED_AFTER_MS);
      held = await server.told();
      megabytes.push(held.rssMb);
    }
    const growth = megabytes.at(-1) - megabytes[STEPS / 2 - 1];
    const figures = {
      "after the start, MB": start,
      "after half, MB": megabytes[STEPS / 2 - 1],
      "at the end, MB": megabytes.at(-1),
      "at most, MB": Math.max(...megabytes),
      "growth in the second half, MB": growth,
      "heap, MB": held.heapMb,
      "outside the heap, MB": held.externalMb,
      documents: documents * STEPS,
      searches: searches * STEPS,
    };
    return judged(
      figures,
      [
        { what: "at the end, MB", value: megabytes.at(-1), atMost: 250 },
        { what: "growth in the second half, MB", value: growth, atMost: 20 },
      ],
      megabytes.at(-1) / 250,
    );
  });
