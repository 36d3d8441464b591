// An ingestion through another Parallax that is killed and started again meanwhile: everything as if nothing had happened.
import { join } from "node:path";
import { audit, notIdentical, readDocuments, vectorsOf } from "../kill-audit.mjs";
import { drawItems, everyContent, expected, picturesFor, startPictureHost } from "../kill-items.mjs";
import { ingestUnderFire, removeFolder, Stage, START, watch } from "../kill-round.mjs";
import { freePort, ROOT } from "../kill-server.mjs";
import { randomNumbers } from "../random.mjs";

const SECRET = "a-secret-between-the-two";

const environment = (folder, port, more) => ({
  ...process.env,
  PORT: String(port),
  DATA_FOLDER: folder,
  MILVUS_URI: join(folder, "milvus"),
  CACHE_FOLDER: join(ROOT, ".cache"),
  LOG_LEVEL: "info",
  ...more,
});

export async function checkParallax({ items: count, kills, seed }) {
  const pictures = await startPictureHost(picturesFor(count));
  const folders = await Promise.all(["far", "near", "alone"].map((name) => Stage.folder(`parallax-${name}-`)));
  const [far, near, alone] = folders;
  const fetching = { FETCH_ALLOWED_HOSTS: pictures.host };
  try {
    const reference = await referenceVectors(
      environment(alone, await freePort(), { MODEL: "mini-clip", ...fetching }),
      count,
      pictures,
      alone,
    );
    const farEnv = environment(far, await freePort(), { MODEL: "mini-clip", ENCODER_SECRET: SECRET });
    const encoder = await new Stage(farEnv, []).start();
    const nearEnv = environment(near, await freePort(), {
      MODEL: encoder.server.url,
      MODEL_API_KEY: SECRET,
      ...fetching,
    });
    const items = drawItems(count, pictures, randomNumbers(seed));
    const { documents, counts } = expected(items, pictures);
    const { job, killed } = await ingest(nearEnv, items, encoder, kills);
    await encoder.stop("SIGTERM");
    const found = await readDocuments(near);
    const faults = audit(found, {
      must: documents,
      may: new Set(),
      acknowledged: new Set(),
      vectors: reference,
      folder: near,
    });
    faults.wrongCounts = Object.entries(counts).filter(([name, value]) => job[name] !== value).length;
    return { items: job.total, killed, faults, notIdentical: notIdentical(found.all, reference) };
  } finally {
    pictures.stop();
    for (const folder of folders) await removeFolder(folder);
  }
}

/** What the model itself gives, with nothing between. */
async function referenceVectors(env, count, pictures, folder) {
  const items = everyContent(count, pictures, 0);
  const quiet = { requestId: "reference", syncTexts: 0, points: [], kills: [], endWith: "SIGTERM" };
  await ingestUnderFire({ env, items, ...quiet });
  return vectorsOf((await readDocuments(folder)).all);
}

/** The near server works, the far one is killed; the job as it ended, and how often the far one was killed. */
async function ingest(env, items, encoder, kills) {
  const stage = await new Stage(env, []).start();
  const { startIngestion } = await stage.askPatiently(START, { input: items });
  const plan = Array.from({ length: kills }, (_, i) => ({ victim: "server", at: (i + 0.5) / (kills + 1), waitMs: 0 }));
  const shared = { askPatiently: (...asked) => stage.askPatiently(...asked), kill: (victim) => encoder.kill(victim) };
  const job = await watch(shared, startIngestion.id, plan);
  await stage.stop("SIGTERM");
  return { job, killed: encoder.kills.length };
}
