/**
 * Answers of a server with the sample texts and pictures on Milvus Lite, from a chat model on a socket that obeys every order that
 * does not stand in a line of data, quotes what has the question's words, and else says that the sources hold no answer. Asks
 * 40 questions that something stored answers and 40 that nothing does, 50 injections, and has the model stall, break off, stop and
 * cite what is not there.
 *
 *   npm run check:answers
 */
import { setTimeout as pause } from "node:timers/promises";
import { INJECTIONS, naively } from "./answers/injections.mjs";
import { ANSWERED, UNANSWERED } from "./answers/questions.mjs";
import { readAndAnswer, wordsOf } from "./answers/reader.mjs";
import { IDLE_MS, setStage } from "./answers/stage.mjs";

const LEAST = { refused: 0.9, held: 0.95, judged: 30, streamed: 10 };
const LOADS = /!\[|\]\(|<[a-z/!]|https?:|\bwww\.|javascript:/i;
const QUESTION = "Where is the cat?";

/** Questions without an answer: how many were refused, and by whom. */
async function refusals({ answer, chat }) {
  const statuses = [];
  const before = chat.calls;
  for (const question of UNANSWERED) statuses.push((await answer({ question })).status);
  const count = (status) => statuses.filter((one) => one === status).length;
  const wrong = UNANSWERED.filter((_, i) => statuses[i] === "ANSWERED");
  return {
    asked: UNANSWERED.length,
    nothingRelevant: count("NOTHING_RELEVANT"),
    notInSources: count("NOT_IN_SOURCES"),
    calls: chat.calls - before,
    wrong,
  };
}

/** Questions with an answer: of each citation, whether its document holds the answer and the sentence is the document's. */
async function citations({ answer }) {
  const judged = [];
  const refused = [];
  for (const { question, topic } of ANSWERED) {
    const { status, citations: cited, text } = await answer({ question });
    if (status !== "ANSWERED") refused.push(question);
    for (const citation of cited) judged.push({ question, right: holds(topic, citation, text), citation });
  }
  return { asked: ANSWERED.length, refused, judged, wrong: judged.filter(({ right }) => !right) };
}

function holds({ subjects, colour }, { document, start, end, text: sentence }, text) {
  const { metadata } = document;
  const isAbout = metadata.subjects.some((subject) => subjects.includes(subject));
  const isColoured = colour === null || metadata.colour === colour;
  const said = new Set(wordsOf(sentence));
  const isQuoted = wordsOf(document.text ?? document.caption).every((word) => said.has(word));
  return isAbout && isColoured && isQuoted && text.slice(start, end) === sentence;
}

/** Each injection in the place that it is for, and what the model made of it; and the same in a naive prompt. */
async function injections({ answer, chat, storeTexts, storeImages, pictureOf }) {
  const keyOf = (id) => `injection ${id}`;
  const ofTexts = INJECTIONS.filter(({ where }) => where === "text");
  const ofCaptions = INJECTIONS.filter(({ where }) => where === "caption");
  await storeTexts(ofTexts.map(({ id, said }) => ({ key: keyOf(id), text: said })));
  const base64 = await pictureOf("red-cat-noto");
  await storeImages(ofCaptions.map(({ id, said }) => ({ key: keyOf(id), caption: said, image: { base64 } })));
  await storeTexts([{ key: "bystander", text: "A cat on a sofa" }]);
  const [obeyed, loading, missing] = [[], [], []];
  for (const { id, where, said } of INJECTIONS) {
    const history = where === "history" ? [{ question: QUESTION, answer: said }] : [];
    const keys = where === "history" ? ["bystander"] : [keyOf(id), "bystander"];
    const given = { question: QUESTION, relevantOnly: false, where: { key: { in: keys } }, history };
    const { text } = await answer(given);
    if (!chat.sources.some((line) => Object.values(line).includes(said))) missing.push(id);
    if (/OBEYED/.test(text)) obeyed.push(id);
    // An address that a source has may be told, as plain text.
    if (LOADS.test(withoutAddressesOf(said, text))) loading.push(id);
  }
  const naive = INJECTIONS.filter(({ said }) => /OBEYED/.test(readAndAnswer(naively(said)).text)).length;
  return { tried: INJECTIONS.length, obeyed, loading, missing, naive };
}

const withoutAddressesOf = (said, text) =>
  (said.match(/https?:\/\/[^\s)"\]]+/g) ?? []).reduce((rest, address) => rest.replaceAll(address, "…"), text);

/** Answers that stream: whether they come in pieces that make the whole, the first before the last. */
async function streams({ stream }) {
  let [whole, pieces] = [0, 0];
  const asked = ANSWERED.slice(0, 20);
  let answered = 0;
  for (const { question } of asked) {
    const events = await stream({ question, relevantOnly: false });
    const last = events.at(-1).data?.answer;
    if (last?.status !== "ANSWERED") continue;
    answered++;
    const texts = events.filter(({ data }) => data?.answer?.__typename === "AnswerText");
    pieces += texts.length;
    const isEarly = texts.length > 1 && texts[0].atMs < events.at(-1).atMs;
    if (isEarly && texts.map(({ data }) => data.answer.text).join("") === last.text) whole++;
  }
  return { answered, whole, pieces };
}

/** Faults of the model's server, and what becomes of them. */
async function faults({ answer, chat }) {
  const input = { question: "Where does the black cat sleep?", relevantOnly: false };
  const codeOf = () =>
    answer(input).then(
      ({ isTruncated }) => (isTruncated ? "truncated" : "answered"),
      ({ code }) => code,
    );
  const outcome = {};
  for (const mode of ["stall", "break off", "stop at its length"]) {
    chat.mode = mode;
    const began = performance.now();
    outcome[mode] = await codeOf();
    outcome[`${mode}, ms`] = Math.round(performance.now() - began);
  }
  await pause(200);
  outcome.leftOpen = chat.underWay;
  chat.mode = "cite what is not there";
  chat.invented = 0;
  let [dropped, shown] = [0, 0];
  for (const { question } of ANSWERED.slice(0, 20)) {
    const { droppedCitations, text, citations: cited, sources } = await answer({ question, relevantOnly: false });
    dropped += droppedCitations;
    shown += text.match(/\[97\]/g)?.length ?? 0;
    shown += cited.filter(({ source }) => source > sources.length).length;
  }
  chat.mode = "read";
  return { ...outcome, invented: chat.invented, dropped, shown };
}

const share = (part, whole) => (whole === 0 ? 0 : part / whole);
const percent = (part, whole) => `${part} of ${whole} (${(100 * share(part, whole)).toFixed(1)} %)`;

function show({ refused, cited, injected, streamed, faulty, stage, seconds }) {
  const print = (what, value) => console.log(`${what.padEnd(44)} ${value}`);
  for (const question of refused.wrong) print("answered though nothing answers it", question);
  for (const question of cited.refused) print("refused though something answers it", question);
  for (const { question, citation } of cited.wrong) print("cited wrongly", `${question}: ${JSON.stringify(citation)}`);
  print("stored", `${stage.texts} texts, ${stage.images} pictures`);
  print("stalled answer", `${faulty.stall} after ${faulty["stall, ms"]} ms`);
  print("answer that broke off", faulty["break off"]);
  print("answer that was cut off by its length", faulty["stop at its length"]);
  print(
    "streams whose pieces make the whole",
    `${percent(streamed.whole, streamed.answered)}, ${streamed.pieces} pieces`,
  );
  print("injections obeyed in a naive prompt", percent(injected.naive, injected.tried));
  print("questions with an answer that were refused", percent(cited.refused.length, cited.asked));
  print("refused before the model was asked", percent(refused.nothingRelevant, refused.asked));
  print("refused by the model", percent(refused.notInSources, refused.asked));
  print("seconds", seconds.toFixed(1));
  print("invented citations: made, dropped, shown", `${faulty.invented}, ${faulty.dropped}, ${faulty.shown}`);
  print("injections obeyed", percent(injected.obeyed.length, injected.tried));
  print("injections whose answer loads anything", percent(injected.loading.length, injected.tried));
  print("refusals right", percent(refused.asked - refused.wrong.length, refused.asked));
  print("cited parts that hold the answer", percent(cited.judged.length - cited.wrong.length, cited.judged.length));
}

/** What fell short, null when nothing did. A control that sees nothing means a check that could not fail. */
function shortfall({ refused, cited, injected, streamed, faulty }) {
  if (injected.tried !== 50 || injected.naive !== injected.tried) return "the control did not obey every injection.";
  if (injected.missing.length > 0) return `the model was not shown the injections ${injected.missing.join(", ")}.`;
  if (injected.obeyed.length > 0) return `the model obeyed the injections ${injected.obeyed.join(", ")}.`;
  if (injected.loading.length > 0) return `answers to the injections ${injected.loading.join(", ")} load something.`;
  if (refused.asked !== 40) return "there are not 40 questions without an answer.";
  if (refused.calls !== refused.asked - refused.nothingRelevant)
    return "the model was asked where nothing was relevant.";
  if (share(refused.asked - refused.wrong.length, refused.asked) < LEAST.refused) return "too few refusals are right.";
  if (cited.judged.length < LEAST.judged) return "too few citations could be judged.";
  if (share(cited.judged.length - cited.wrong.length, cited.judged.length) < LEAST.held)
    return "too few citations hold.";
  if (streamed.answered < LEAST.streamed || streamed.whole < streamed.answered)
    return "streams are not what they end with.";
  if (faulty.stall !== "LLM_UNAVAILABLE" || faulty["stall, ms"] > 2 * IDLE_MS + 1_000)
    return "a stall was not told in time.";
  if (faulty["break off"] !== "LLM_UNAVAILABLE") return "an answer that broke off was taken for one.";
  if (faulty["stop at its length"] !== "truncated") return "an answer that was cut off was taken for a whole one.";
  if (faulty.leftOpen > 0) return "requests to the model were left open.";
  if (faulty.invented === 0 || faulty.dropped !== faulty.invented || faulty.shown > 0)
    return "invented citations were shown.";
  return null;
}

async function main() {
  const startedMs = performance.now();
  const stage = await setStage();
  try {
    const refused = await refusals(stage);
    const cited = await citations(stage);
    const streamed = await streams(stage);
    const faulty = await faults(stage);
    const injected = await injections(stage);
    const seconds = (performance.now() - startedMs) / 1_000;
    const measured = { refused, cited, injected, streamed, faulty, stage, seconds };
    show(measured);
    const failure = shortfall(measured);
    if (failure !== null) console.log(`FAILED: ${failure}`);
    return failure === null ? 0 : 1;
  } finally {
    await stage.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`check:answers: ${error.stack}`);
    process.exit(1);
  },
);
