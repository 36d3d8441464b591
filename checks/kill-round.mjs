// One round: an ingestion, mutations beside it, and kills, until the job is over.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { idOfText, syncText } from "./kill-items.mjs";
import { ask, childrenOf, isRunning, startServer, stopServer } from "./kill-server.mjs";

export const OVER = ["SUCCEEDED", "COMPLETED_WITH_FAILURES", "CANCELLED"];
const FIELDS = "id state total pending ingested duplicates failed cancelled";
export const START = `mutation ($input: IngestionInput!) { startIngestion(input: $input) { ${FIELDS} } }`;
export const LOOK = `query ($id: ID!) { ingestion(id: $id) { ${FIELDS} latestFailures(first: 3) { index outcome { ... on IngestFailure { code message } } } } }`;
export const STORE = `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { results { __typename ... on Ingested { documentId } ... on Duplicate { documentId } } } }`;
const SYNC_TEXTS_A_CALL = 5;
const ROUND_TIMEOUT_MS = 600_000;
const ORPHANS_MS = 30_000;
/** Between two looks at the job. Kills come at random times all the same. */
const LOOK_EVERY_MS = 200;

/** A server that is started again whenever it was killed. */
export class Stage {
  restarts = 0;
  /** Kills that met their victim: "server at upserted", "lite", … */
  kills = [];
  #points;
  #server = null;
  #over = false;

  /** `points`: of the first start, of the second, …; afterwards the plain server. */
  constructor(env, points) {
    this.env = env;
    this.#points = [...points];
  }

  static async folder(prefix) {
    return mkdtemp(join(tmpdir(), prefix));
  }

  get server() {
    return this.#server;
  }

  /** Resolves with the first that is ready; keeps one alive from then on. */
  async start() {
    await this.#launch();
    this.living = this.#keepAlive();
    this.living.catch(() => undefined);
    return this;
  }

  async #launch() {
    for (;;) {
      const point = this.#points.shift() ?? null;
      this.point = point;
      this.#server = await startServer(this.env, point);
      if (this.#server.url !== null) return;
      this.#note(point);
    }
  }

  #note(point) {
    if (point !== null && !this.killedByUs) this.kills.push(`server at ${point.name}`);
    this.killedByUs = false;
    this.restarts++;
  }

  async #keepAlive() {
    for (;;) {
      const { code, signal, lines } = await this.#server.ended;
      if (this.#over) return;
      if (signal !== "SIGKILL")
        throw new Error(`the server ended by itself with ${signal ?? code}:\n${lines.join("\n")}`);
      this.#note(this.point);
      await this.#launch();
    }
  }

  /** Kills one of what is there now; false: there is none. */
  kill(victim) {
    const { pid } = this.#server;
    if (!this.#server.running()) return false;
    const pids = victim === "server" ? [pid] : childrenOf(pid)[victim];
    if (pids.length === 0) return false;
    if (victim === "server") this.killedByUs = true;
    process.kill(pids[0], "SIGKILL");
    this.kills.push(victim);
    return true;
  }

  /** Asks until there is an answer; an error that an outage does not explain is thrown. */
  async askPatiently(query, variables) {
    for (;;) {
      const { url } = this.#server;
      try {
        return await Promise.race([ask(url, query, variables), this.living.then(() => undefined)]);
      } catch (error) {
        const passing = error.code === undefined || error.retryable || error.name === "TypeError";
        if (!passing || /ended by itself|did not start/.test(error.message)) throw error;
        await pause(100);
      }
    }
  }

  /** How many children outlive the server: none may. */
  async stop(signal) {
    this.#over = true;
    const children = Object.values(childrenOf(this.#server.pid)).flat();
    const end = await stopServer(this.#server, signal);
    if (signal !== "SIGKILL" && end.code !== 0)
      throw new Error(`the server stopped with ${end.signal ?? end.code}:\n${end.lines.join("\n")}`);
    const deadline = performance.now() + ORPHANS_MS;
    while (children.some(isRunning) && performance.now() < deadline) await pause(20);
    return children.filter(isRunning).length;
  }
}

/** Sends texts one call after the other until `done`, again what failed; the ids of what was acknowledged and of all that was sent. */
export async function sendBeside(stage, syncTexts, everyMs, done) {
  const [acknowledged, sent] = [new Set(), new Set()];
  for (let at = 0; at < syncTexts && !done();) {
    const texts = Array.from({ length: SYNC_TEXTS_A_CALL }, (_, i) => syncText(at + i));
    for (const text of texts) sent.add(idOfText(text));
    const input = texts.map((text) => ({ text }));
    const answer = await ask(stage.server.url, STORE, { input }).catch(() => null);
    const ids = (answer?.ingestTexts.results ?? []).flatMap(({ documentId }) => documentId ?? []);
    for (const id of ids) acknowledged.add(id);
    if (ids.length === SYNC_TEXTS_A_CALL) at += SYNC_TEXTS_A_CALL;
    await pause(everyMs);
  }
  return { acknowledged, sent };
}

/** Kills what `kills` say ({ victim, at: share of items done, waitMs }) while the job goes on; the job as it ended. */
export async function watch(stage, id, kills) {
  const deadline = performance.now() + ROUND_TIMEOUT_MS;
  const left = [...kills];
  for (;;) {
    const { ingestion: job } = await stage.askPatiently(LOOK, { id });
    if (job === null) throw new Error("the job is gone");
    if (OVER.includes(job.state)) return job;
    if (performance.now() > deadline) throw new Error(`the job does not end: ${JSON.stringify(job)}`);
    const share = 1 - job.pending / job.total;
    const next = left[0];
    if (next !== undefined && share >= next.at) {
      await pause(next.waitMs);
      if (stage.kill(next.victim)) left.shift();
    }
    await pause(LOOK_EVERY_MS);
  }
}

/**
 * Ingests `items` on `env`'s folder under kills; the job, what else was acknowledged and sent, and what was killed. The server is
 * gone when it resolves: in order, or killed with `endWith`.
 */
export async function ingestUnderFire({ env, items, requestId, syncTexts, points, kills, endWith }) {
  const stage = await new Stage(env, points).start();
  try {
    let over = false;
    const beside = sendBeside(stage, syncTexts, 150, () => over);
    const { startIngestion } = await stage.askPatiently(START, { input: { requestId, ...items } });
    const job = await watch(stage, startIngestion.id, kills).finally(() => (over = true));
    const { acknowledged, sent } = await beside;
    const logged = stage.server.logged;
    const orphans = await stage.stop(endWith);
    return { job, acknowledged, sent, orphans, logged, kills: stage.kills, restarts: stage.restarts };
  } catch (error) {
    if (stage.server?.running()) process.kill(stage.server.pid, "SIGKILL");
    await stage.living?.catch(() => undefined);
    throw error;
  }
}

export const removeFolder = (folder) => rm(folder, { recursive: true, force: true });
