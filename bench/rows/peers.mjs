import { search } from "../client.mjs";
import { queries } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median, perSecond, ratioOf } from "../measure.mjs";
import { spending } from "../stage/spending.mjs";
import { eachStage } from "../stage/timings.mjs";

const ROUNDS = 5;
const CLIENTS = 32;
const SEARCHES_A_ROUND = 256;
const SEARCHES_BY_ONE = 60;

/** New queries of 32 clients, against a peer's 32 threads; `peer`: name of the stage's part, `atLeast`: how many times its rate. */
export const manyClients = (peer, atLeast) => async (stage) => {
  await stage.filled();
  const other = await stage[peer]();
  const asked = (round) => queries(stage.plan.sized(SEARCHES_A_ROUND, CLIENTS), `many${peer}${round}`);
  await warmUp(stage, other, `manywarm${peer}`);
  const cost = spending(stage.server);
  const searches = (wanted) => perSecond(wanted, CLIENTS, (text) => search(stage.server.client, text));
  const { ours, theirs } = await alternate(ROUNDS, {
    ours: (round) => cost.during(asked(round).length, () => searches(asked(round))),
    theirs: async (round) => {
      const wanted = asked(round);
      return (1_000 * wanted.length) / (await other.ask({ do: "search", queries: wanted, threads: CLIENTS })).ms;
    },
  });
  const rates = { "API, searches/s": median(ours), [`${peer}, searches/s`]: median(theirs) };
  const figures = { ...rates, ...cost.figures() };
  return judged(figures, [{ what: "times its searches/s", value: ratioOf(ours, theirs), atLeast }]);
};

/** New queries of one client, against a peer's one thread: the median search, at most so many times the peer's. */
export const oneClient = (peer, atMost) => async (stage) => {
  await stage.filled();
  const other = await stage[peer]();
  const asked = (round) => queries(stage.plan.sized(SEARCHES_BY_ONE, 20), `one${peer}${round}`);
  await warmUp(stage, other, `onewarm${peer}`);
  const { ours, theirs } = await alternate(ROUNDS, {
    ours: async (round) => median((await eachTimed(asked(round), 1, (text) => search(stage.server.client, text))).each),
    theirs: async (round) => median((await other.ask({ do: "search", queries: asked(round), threads: 1 })).each),
  });
  const stages = await eachStage(stage.server.client, queries(stage.plan.sized(SEARCHES_BY_ONE, 20), `stages${peer}`));
  const figures = { "API, p50 ms": median(ours), [`${peer}, p50 ms`]: median(theirs), ...stages };
  return judged(figures, [{ what: "times its p50", value: ratioOf(ours, theirs), atMost }]);
};

/** What filled the stage: "texts" or "pictures" a second, against the script's encoding one by one and storing. */
export const stored = (what, atLeast) => async (stage) => {
  const { ours, script } = (await stage.filled())[what];
  const figures = { [`API, ${what}/s`]: median(ours), [`script, ${what}/s`]: median(script) };
  return judged(figures, [{ what: `times its ${what}/s`, value: ratioOf(ours, script), atLeast }]);
};

/** A server runs for days: what its compiler makes of it in the first seconds is no part of the figures, on either side. */
const WARM_UP_SEARCHES = 1_500;

async function warmUp({ server, plan }, other, series) {
  const wanted = queries(plan.sized(WARM_UP_SEARCHES, 64), series);
  await perSecond(wanted, CLIENTS, (text) => search(server.client, text));
  await other.ask({ do: "search", queries: wanted, threads: CLIENTS });
}
