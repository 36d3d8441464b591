import { search } from "../client.mjs";
import { queries } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median, perSecond, ratioOf } from "../measure.mjs";
import { openBareStore } from "../stage/bare-store.mjs";
import { eachStage } from "../stage/timings.mjs";

const ROUNDS = 5;
const CLIENTS = 32;
const KNOWN = 50;
const SEARCHES_A_ROUND = 192;
const SEARCHES_BY_ONE = 50;
const WARM_UP_SEARCHES = 1_500;

/** Queries whose vectors are remembered, over HTTP, against the SDK with vectors at hand: the median of one client, at most so
 * many milliseconds more, and searches a second of 32. */
export const knownQueries = (mostMsMore) => async (stage) => {
  await stage.filled();
  const { server, plan } = stage;
  const { collection } = await server.client.ask("{ collection { name } }");
  const bare = await openBareStore(server.milvusAddress, collection.name);
  try {
    const known = queries(KNOWN, "known");
    const cycle = (count, from) => Array.from({ length: count }, (_, i) => from[i % from.length]);
    const [one, many] = [plan.sized(SEARCHES_BY_ONE, 10), plan.sized(SEARCHES_A_ROUND, CLIENTS)];
    const vectors = bare.vectors(KNOWN, 1);
    const ours = (text) => search(server.client, text);
    // Long enough for the compiler to be done with both.
    await perSecond(cycle(plan.sized(WARM_UP_SEARCHES, KNOWN), known), CLIENTS, ours);
    await perSecond(cycle(plan.sized(WARM_UP_SEARCHES, KNOWN), vectors), CLIENTS, bare.search);
    const p50 = await alternate(ROUNDS, {
      ours: async () => median((await eachTimed(cycle(one, known), 1, ours)).each),
      bare: async () => median((await eachTimed(cycle(one, vectors), 1, bare.search)).each),
    });
    const rate = await alternate(ROUNDS, {
      ours: () => perSecond(cycle(many, known), CLIENTS, ours),
      bare: () => perSecond(cycle(many, vectors), CLIENTS, bare.search),
    });
    const stages = await eachStage(server.client, cycle(one, known));
    const empty = median((await eachTimed(cycle(one, known), 1, () => server.client.ask("{ __typename }"))).each);
    const more = median(p50.ours.map((ms, round) => ms - p50.bare[round]));
    const ratio = ratioOf(rate.ours, rate.bare);
    return judged(
      {
        "API, p50 ms": median(p50.ours),
        "SDK, p50 ms": median(p50.bare),
        "more, ms": more,
        "API, searches/s": median(rate.ours),
        "SDK, searches/s": median(rate.bare),
        ...stages,
        "HTTP and GraphQL alone, ms": empty,
      },
      [
        { what: "p50 more, ms", value: more, atMost: mostMsMore },
        { what: "times its searches/s, 32 clients", value: ratio, atLeast: 0.7 },
      ],
      ratio,
    );
  } finally {
    await bare.close();
  }
};

/** The calibrated ranking against plain cosine, vectors remembered: 1.3 times its time at most. */
export async function calibratedQueries(stage) {
  await stage.filled();
  const { client } = stage.server;
  const known = queries(KNOWN, "calibrated");
  await perSecond(known, CLIENTS, (text) => search(client, text));
  const rate = (ranking) => () => perSecond([...known, ...known, ...known], 8, (text) => search(client, text, ranking));
  const { ours, cosine } = await alternate(ROUNDS, { ours: rate("CALIBRATED"), cosine: rate("COSINE") });
  const figures = { "CALIBRATED, searches/s": median(ours), "COSINE, searches/s": median(cosine) };
  return judged(figures, [{ what: "times COSINE's searches/s", value: ratioOf(ours, cosine), atLeast: 0.77 }]);
}

/** Three servers behind a plain round-robin against one, new queries of 32 clients: told, with no target. */
export async function threeServers(stage) {
  await stage.filled();
  const one = [stage.server.client];
  const three = [...one, ...(await stage.more()).map(({ client }) => client)];
  const side = (clients, name) => (round) => {
    let turn = 0;
    const wanted = queries(stage.plan.sized(SEARCHES_A_ROUND, CLIENTS), `${name}${round}`);
    return perSecond(wanted, CLIENTS, (text) => search(clients[turn++ % clients.length], text));
  };
  await side(three, "threewarm")(0);
  const rate = await alternate(3, { one: side(one, "one"), three: side(three, "three") });
  const figures = { "one, searches/s": median(rate.one), "three, searches/s": median(rate.three) };
  return judged(figures, [], ratioOf(rate.three, rate.one));
}
