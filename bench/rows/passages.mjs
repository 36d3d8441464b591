import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { search } from "../client.mjs";
import { drawings, queries, texts } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, eachTimed, median, perSecond, ratioOf } from "../measure.mjs";
import { inPlace } from "../stage/place.mjs";
import { startParallax } from "../stage/server.mjs";
import { spending } from "../stage/spending.mjs";
import { fillPictures, fillTexts } from "../stage/stages.mjs";
import { eachStage } from "../stage/timings.mjs";

const TEXTS = 2_000;
const PICTURES = 200;
/** Every tenth text is long: thirty sentences, some 2,000 bytes. */
const [LONG_EVERY, SENTENCES] = [10, 30];
const ROUNDS = 5;
const CLIENTS = 32;
const SEARCHES_A_ROUND = 192;
const SEARCHES_BY_ONE = 50;
const WARM_UP_SEARCHES = 1_500;
const SETTLED_AFTER_MS = 5_000;
const AT_LEAST = 0.8;
const SIDES = ["with", "without"];

/**
 * What a search costs where a tenth of the texts is long and has passages, against the same texts without: new queries, the
 * median of one client and searches a second of 32, and which process spends what on each side.
 */
export const searchAmongPassages = (plan) =>
  inPlace(async ({ folder, keep }) => {
    const servers = {
      with: keep(await startParallax(join(folder, "with"))),
      without: keep(await startParallax(join(folder, "without"), { PASSAGE_TOKENS: "off" })),
    };
    const [all, pictures] = [corpus(plan.sized(TEXTS, 100)), await drawings(plan.sized(PICTURES, 30))];
    for (const side of SIDES) {
      await fillTexts(servers[side], all);
      await fillPictures(servers[side], pictures);
    }
    await pause(SETTLED_AFTER_MS);
    return compare(servers, plan);
  });

const corpus = (count) => {
  const long = (i) => texts(SENTENCES, `of text ${i}`).join(". ");
  return texts(count, "passages").map((short, i) => (i % LONG_EVERY === 0 ? long(i) : short));
};

async function compare(servers, { sized }) {
  const [one, many] = [sized(SEARCHES_BY_ONE, 10), sized(SEARCHES_A_ROUND, CLIENTS)];
  const asked = (side) => (text) => search(servers[side].client, text);
  const costs = Object.fromEntries(SIDES.map((side) => [side, spending(servers[side])]));
  const each = (measure) => Object.fromEntries(SIDES.map((side) => [side, (round) => measure(side, round)]));
  for (const side of SIDES) await perSecond(queries(sized(WARM_UP_SEARCHES, 64), "passageswarm"), CLIENTS, asked(side));
  const p50 = await alternate(
    ROUNDS,
    each(async (side, round) => median((await eachTimed(queries(one, `passage${round}`), 1, asked(side))).each)),
  );
  const rate = await alternate(
    ROUNDS,
    each((side, round) =>
      costs[side].during(many, () => perSecond(queries(many, `passages${round}`), CLIENTS, asked(side))),
    ),
  );
  const figures = {};
  for (const side of SIDES) {
    const stages = await eachStage(servers[side].client, queries(one, "passagestages"));
    const own = { "p50 ms": median(p50[side]), "searches/s": median(rate[side]), ...stages, ...costs[side].figures() };
    for (const [name, value] of Object.entries(own)) figures[`${side}, ${name}`] = value;
  }
  return judged(figures, [
    { what: "times the searches/s without", value: ratioOf(rate.with, rate.without), atLeast: AT_LEAST },
    { what: "times as fast for one client", value: ratioOf(p50.without, p50.with), atLeast: AT_LEAST },
  ]);
}
