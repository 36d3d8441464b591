import { pictures, texts } from "./inputs.mjs";
import { inParts, sideBySide, timed } from "./measure.mjs";
import { ask } from "./stage.mjs";

const ROUNDS = 3;
const TEXTS_A_ROUND = 500;
const TEXTS_A_CALL = 100;
const PICTURES_A_ROUND = 100;
const PICTURES_A_CALL = 20;
const CALLS_AT_ONCE = 4;

const results = "{ results { __typename } }";

export async function storeTexts(url, texts) {
  const input = texts.map((text) => ({ text }));
  const answer = await ask(url, `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) ${results} }`, {
    input,
  });
  return answer.ingestTexts;
}

/** Of pictures' files. */
export async function storePictures(url, files) {
  const input = files.map((file) => ({ image: { base64: file.toString("base64") } }));
  const answer = await ask(url, `mutation ($input: [ImageInput!]!) { ingestImages(input: $input) ${results} }`, {
    input,
  });
  return answer.ingestImages;
}

function expectStored({ results: stored }, count) {
  const good = stored.filter(({ __typename }) => __typename === "Ingested").length;
  if (good !== count) throw new Error(`${count - good} of ${count} items were not stored.`);
}

/** Texts a second through the API, against tokenizer and ONNX Runtime alone on the same texts. */
export async function textIngestion({ url, raw }) {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => texts(TEXTS_A_ROUND, `round ${round}`));
  const store = async (part) => expectStored(await storeTexts(url, part), part.length);
  await store(texts(TEXTS_A_CALL, "warm"));
  const {
    ours,
    raw: alone,
    ratio,
  } = await sideBySide(
    ROUNDS,
    async (round) =>
      (1_000 * TEXTS_A_ROUND) / (await timed(inParts(rounds[round], TEXTS_A_CALL), CALLS_AT_ONCE, store)),
    async (round) => (1_000 * TEXTS_A_ROUND) / (await raw.run({ texts: rounds[round] })),
  );
  return { figures: { "API, texts/s": ours, "ONNX Runtime, texts/s": alone }, ratio };
}

/** Pictures a second through the API, against sharp's decoding and scaling and ONNX Runtime alone on the same pictures. */
export async function pictureIngestion({ url, raw }) {
  const all = await pictures(ROUNDS * PICTURES_A_ROUND + PICTURES_A_CALL);
  const warm = all.splice(0, PICTURES_A_CALL);
  const rounds = inParts(all, PICTURES_A_ROUND);
  const store = async (part) => expectStored(await storePictures(url, part), part.length);
  await store(warm);
  const {
    ours,
    raw: alone,
    ratio,
  } = await sideBySide(
    ROUNDS,
    async (round) =>
      (1_000 * PICTURES_A_ROUND) / (await timed(inParts(rounds[round], PICTURES_A_CALL), CALLS_AT_ONCE, store)),
    async (round) => (1_000 * PICTURES_A_ROUND) / (await raw.run({ pictures: rounds[round] })),
  );
  return { figures: { "API, pictures/s": ours, "sharp and ONNX Runtime, pictures/s": alone }, ratio };
}
