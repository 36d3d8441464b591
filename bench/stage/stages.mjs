// What rows share: servers with documents in them and what stands beside them, each part started when a row asks for it.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hasMilvusServer, startMilvusServer } from "../../checks/milvus-server.mjs";
import { storePictures, storeTexts } from "../client.mjs";
import { fullSizeModel } from "../full-size/full-size.mjs";
import { drawings, serveFiles, texts } from "../inputs.mjs";
import { alternate, inParts, timed } from "../measure.mjs";
import { startPeer } from "../peers/peers.mjs";
import { openPlace } from "./place.mjs";
import { startRawModel } from "./raw.mjs";
import { MINI_CLIP, startParallax } from "./server.mjs";

const TEXTS = 3_000;
const PICTURES = 552;
const FILL_ROUNDS = 3;
const TEXTS_A_CALL = 100;
const PICTURES_A_CALL = 20;
const CALLS_AT_ONCE = 4;
/** By then what was stored is flushed and sampled. */
const SETTLED_AFTER_MS = 5_000;

/** Work that is done once, when it is first asked for. */
function once(work) {
  let result;
  return () => (result ??= work());
}

/** Stores texts as a client in a hurry would; milliseconds. */
export const fillTexts = ({ client }, all) =>
  timed(inParts(all, TEXTS_A_CALL), CALLS_AT_ONCE, (part) => storeTexts(client, part));

export const fillPictures = ({ client }, files) =>
  timed(inParts(files, PICTURES_A_CALL), CALLS_AT_ONCE, (part) => storePictures(client, part));

/** The texts and pictures that are searched: { texts, pictures }, the pictures as files and as their paths. */
async function corpus(folder, { sized }) {
  const files = await drawings(sized(PICTURES, 30));
  const paths = files.map((_, i) => join(folder, `picture-${i}.png`));
  await Promise.all(paths.map((path, i) => writeFile(path, files[i])));
  return { texts: texts(sized(TEXTS, 150), "to be found"), files, paths };
}

/**
 * Parallax on Milvus Lite; `filled` stores the corpus in it and, in turns, in the script: things a second of all rounds;
 * `chroma` is the same script on Chroma, with the same in it.
 */
export async function liteStage(plan) {
  const { folder, keep, close } = await openPlace();
  try {
    const host = keep(await serveFiles());
    const server = keep(await startParallax(join(folder, "server"), { FETCH_ALLOWED_HOSTS: host.name }));
    const given = once(() => corpus(folder, plan));
    const script = once(async () => keep(await startPeer("milvus", MINI_CLIP, join(folder, "script"))));
    const chroma = once(async () => {
      const peer = keep(await startPeer("chroma", MINI_CLIP, join(folder, "chroma")));
      const { texts: all, paths } = await given();
      await peer.ask({ do: "texts", texts: all });
      await peer.ask({ do: "pictures", files: paths });
      return peer;
    });
    const filled = once(async () => fillInTurns(server, await script(), await given()));
    const raw = once(async () => keep(await startRawModel(MINI_CLIP)));
    return { server, host, script, chroma, filled, raw, plan, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fillInTurns(server, script, { texts: all, files, paths }) {
  await fillTexts(server, texts(20, "warm"));
  await script.ask({ do: "texts", texts: texts(20, "warm") });
  const part = (items) => inParts(items, Math.ceil(items.length / FILL_ROUNDS));
  const rate = (items, ms) => (1_000 * items.length) / ms;
  const stored = await alternate(FILL_ROUNDS, {
    ours: async (round) => rate(part(all)[round], await fillTexts(server, part(all)[round])),
    script: async (round) => rate(part(all)[round], (await script.ask({ do: "texts", texts: part(all)[round] })).ms),
  });
  const pictured = await alternate(FILL_ROUNDS, {
    ours: async (round) => rate(part(files)[round], await fillPictures(server, part(files)[round])),
    script: async (round) =>
      rate(part(paths)[round], (await script.ask({ do: "pictures", files: part(paths)[round] })).ms),
  });
  await pause(SETTLED_AFTER_MS);
  return { texts: stored, pictures: pictured };
}

/** Parallax with a model of JinaCLIP v1's true size on Milvus Lite, and the bare model. */
export async function fullSizeStage(plan) {
  const { folder, keep, close } = await openPlace();
  try {
    const model = await fullSizeModel();
    const host = keep(await serveFiles());
    const server = keep(await startParallax(folder, { MODEL: model, FETCH_ALLOWED_HOSTS: host.name }));
    const raw = once(async () => keep(await startRawModel(model)));
    return { server, host, raw, plan, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Parallax on the Milvus server, with the corpus in it; `more` starts others beside it, on one ledger and one media folder. */
export async function milvusStage(plan) {
  if (!hasMilvusServer()) throw new Error("there is no Milvus server here; npm run test:contract installs it.");
  const { folder, keep, close } = await openPlace();
  try {
    const milvus = keep(await startMilvusServer(join(folder, "milvus")));
    const start = async () =>
      keep(await startParallax(join(folder, "server"), { MILVUS_URI: milvus.address, STORE_TIMEOUT_MS: "120000" }));
    const server = await start();
    const filled = once(async () => {
      const { texts: all, files } = await corpus(folder, plan);
      await fillTexts(server, all);
      await fillPictures(server, files);
      await pause(SETTLED_AFTER_MS);
    });
    const more = once(async () => [await start(), await start()]);
    return { server: { ...server, milvusAddress: milvus.address }, filled, more, plan, close };
  } catch (error) {
    await close();
    throw error;
  }
}
