import { setTimeout as pause } from "node:timers/promises";
import { FIRST, openClient, search, SEARCH } from "../client.mjs";
import { queries } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { eachTimed, median, percentile } from "../measure.mjs";
import { spending } from "../stage/spending.mjs";

const TIMES = 10;
const CLIENTS = 32;
const PEAK_SEARCHES = 960;
const SECONDS = 10;
/** Who comes while all of these wait is not sent, and counted: a server that answers everybody in time never lets it happen. */
const MOST_CONNECTIONS = 1_024;
const TICK_MS = 5;
const RECOVERY_LIMIT_MS = 60_000;
const GOOD_IN_A_ROW = 5;

/**
 * New queries at ten times the rate that 32 clients reach, for ten seconds, whatever comes back: what is answered against
 * that peak, how long the accepted and the refused wait, and how soon one client is served as before.
 */
export async function overload(stage) {
  await stage.filled();
  const { server, plan } = stage;
  const calm = percentile((await eachTimed(queries(60, "calm"), 1, (text) => search(server.client, text))).each, 0.95);
  const asked = queries(plan.sized(PEAK_SEARCHES, 96), "peak");
  const { ms, each } = await eachTimed(asked, CLIENTS, (text) => search(server.client, text));
  const peak = (1_000 * asked.length) / ms;
  const cost = spending(server);
  const seconds = plan.sized(SECONDS, 3);
  // Of all that comes: ten are refused for one that is answered.
  const storm = await cost.during(TIMES * peak * seconds, () => flood(server.url, TIMES * peak, seconds));
  const recoveredMs = await recovery(server.client, 2 * calm);
  await storm.drained;
  const goodput = storm.accepted.length / storm.seconds;
  const p99 = { peak: percentile(each, 0.99), accepted: percentile(storm.accepted, 0.99) };
  const refused = storm.refused.length > 0 ? storm.refused : [NaN];
  return judged(
    {
      "peak, searches/s": peak,
      "offered, searches/s": storm.offered / storm.seconds,
      "answered, searches/s": goodput,
      "peak, p99 ms": p99.peak,
      "answered, p50 ms": median(storm.accepted),
      "answered, p99 ms": p99.accepted,
      refused: storm.refused.length,
      "refused, p50 ms": median(refused),
      "refused, p95 ms": percentile(refused, 0.95),
      "refused, p99 ms": percentile(refused, 0.99),
      "not sent": storm.unsent,
      "failed otherwise": storm.failed.length,
      ...(storm.failed.length > 0 && { "for one": storm.failed[0] }),
      "recovered after, ms": recoveredMs,
      ...cost.figures(),
    },
    [
      { what: "of the peak", value: goodput / peak, atLeast: 0.9 },
      { what: "times the peak's p99", value: p99.accepted / p99.peak, atMost: 2 },
      { what: "refused within, p99 ms", value: percentile(refused, 0.99), atMost: 10 },
      { what: "recovered after, ms", value: recoveredMs, atMost: 5_000 },
      { what: "failed otherwise", value: storm.failed.length, atMost: 0 },
    ],
  );
}

async function flood(url, rate, seconds) {
  const client = openClient(url, MOST_CONNECTIONS);
  const storm = { offered: 0, unsent: 0, accepted: [], refused: [], failed: [] };
  const texts = queries(Math.ceil(rate * seconds) + 1, "storm");
  const under = new Set();
  const began = performance.now();
  for (let passed = 0; passed < seconds; passed = (performance.now() - began) / 1_000) {
    for (; storm.offered < rate * passed; storm.offered++) {
      if (under.size >= MOST_CONNECTIONS) {
        storm.unsent++;
        continue;
      }
      const one = send(client, texts[storm.offered], storm).finally(() => under.delete(one));
      under.add(one);
    }
    await pause(TICK_MS);
  }
  storm.seconds = (performance.now() - began) / 1_000;
  // What is answered only after the storm is no part of what it got through.
  const within = { ...storm, accepted: [...storm.accepted] };
  const drained = Promise.all(under).then(() => client.close());
  return { ...within, refused: storm.refused, failed: storm.failed, drained };
}

async function send(client, text, storm) {
  const began = performance.now();
  try {
    const { answer } = await client.send(SEARCH, { text, ranking: "CALIBRATED" });
    const ms = performance.now() - began;
    const code = answer.errors?.[0].extensions?.code ?? null;
    if (code === "OVERLOADED") storm.refused.push(ms);
    else if (code === null && answer.data.searchByText.nodes.length === FIRST) storm.accepted.push(ms);
    else storm.failed.push(answer.errors?.[0].message ?? "too few hits");
  } catch (error) {
    storm.failed.push(error.message);
  }
}

/** Milliseconds until some searches in a row are good: answered, and within `mostMs`. */
async function recovery(client, mostMs) {
  const began = performance.now();
  for (let [row, n, since] = [0, 0, 0]; ; n++) {
    const start = performance.now();
    const good = await search(client, `after the storm ${n}`).then(
      () => performance.now() - start <= mostMs,
      () => false,
    );
    if (good && row++ === 0) since = start - began;
    if (!good) row = 0;
    if (row === GOOD_IN_A_ROW) return since;
    if (performance.now() - began > RECOVERY_LIMIT_MS) return Infinity;
  }
}
