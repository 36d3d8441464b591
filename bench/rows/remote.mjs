import { search } from "../client.mjs";
import { fullSizeModel, withFamily } from "../full-size/full-size.mjs";
import { photos, queries, texts } from "../inputs.mjs";
import { judged } from "../judge.mjs";
import { alternate, median, ratioOf, timed } from "../measure.mjs";
import { besideRemote } from "../stage/remote.mjs";
import { spending } from "../stage/spending.mjs";
import { MINI_CLIP } from "../stage/server.mjs";
import { fillPictures, fillTexts } from "../stage/stages.mjs";

const ROUNDS = 3;
const AT_LEAST = 0.9;
const CLIENTS = 32;
const SIDES = ["local", "remote"];

/**
 * What a model behind another Parallax on this machine costs against the same one in the server itself: texts and pictures
 * stored, and new queries, a second; `takesPictures`: false for a model of texts only.
 */
export const remoteAgainstLocal =
  (sizes, withModel = (work) => work(MINI_CLIP), takesPictures = true) =>
  (plan) =>
    withModel((model) => besideRemote(model, (servers) => compareAll(servers, plan, sizes, takesPictures)));

/** The same of a model of a family's true size. */
export const familyOfTrueSize = (family) => {
  const withModel =
    family === "jina-clip" ? async (work) => work(await fullSizeModel()) : (work) => withFamily(family, work);
  return family === "text"
    ? remoteAgainstLocal(OF_TEXTS_ONLY, withModel, false)
    : remoteAgainstLocal(OF_TRUE_SIZE, withModel);
};

/** Some seconds of work each. */
const OF_TRUE_SIZE = { texts: 200, pictures: 60, searches: 192 };
const OF_TEXTS_ONLY = { texts: 1_200, searches: 800 };

async function compareAll(servers, plan, sizes, takesPictures) {
  const compared = [await textsOf(servers, plan.sized(sizes.texts, 40))];
  if (takesPictures) compared.push(await picturesOf(servers, plan.sized(sizes.pictures, 20)));
  compared.push(await searchesOf(servers, plan.sized(sizes.searches, 16)));
  return judged(
    Object.assign({}, ...compared.map(({ figures }) => figures)),
    compared.map(({ claim }) => claim),
  );
}

const textsOf = (servers, count) =>
  compare(servers, "texts/s", count, (round) => texts(count, `remote ${round}`), fillTexts);

const picturesOf = (servers, count) =>
  compare(servers, "pictures/s", count, (round) => photos(count, 400 + round), fillPictures);

const searchesOf = (servers, count) =>
  compare(
    servers,
    "searches/s",
    count,
    (round) => queries(count, `remote${round}`),
    ({ client }, asked) => timed(asked, CLIENTS, (text) => search(client, text)),
  );

async function compare(servers, unit, count, make, work) {
  const parts = [];
  for (let round = 0; round <= ROUNDS; round++) parts.push(await make(round));
  for (const side of SIDES) await work(servers[side], parts[ROUNDS]);
  const costs = { local: spending(servers.local), remote: spending(servers.remote, servers.encoder) };
  const side = (name) => async (round) =>
    (1_000 * count) / (await costs[name].during(count, () => work(servers[name], parts[round])));
  const rates = await alternate(ROUNDS, Object.fromEntries(SIDES.map((name) => [name, side(name)])));
  return {
    figures: Object.fromEntries(
      SIDES.flatMap((name) => [
        [`${name}, ${unit}`, median(rates[name])],
        ...Object.entries(costs[name].figures()).map(([what, value]) => [
          `${name}, ${unit.split("/")[0]}: ${what}`,
          value,
        ]),
      ]),
    ),
    claim: { what: `times the local ${unit}`, value: ratioOf(rates.remote, rates.local), atLeast: AT_LEAST },
  };
}
