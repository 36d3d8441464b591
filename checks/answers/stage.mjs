// A server on Milvus Lite with the sample texts and pictures in it, and with a chat model that the check holds.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, startServer, stopServer } from "../kill-server.mjs";
import { startChatServer } from "./chat-server.mjs";

const require = createRequire(import.meta.url);
const { DRAWINGS } = require("../../dist/samples/drawings.js");
const { drawSamples } = require("../../dist/samples/draw-samples.js");
const { SENTENCES } = require("../../dist/samples/sentences.js");
const { topicOf } = require("../../dist/samples/topic.js");

export const IDLE_MS = 1_500;
const A_CALL = 50;
const TEXTS = `mutation ($input: [TextInput!]!) { ingestTexts(input: $input) { results { __typename } } }`;
const IMAGES = `mutation ($input: [ImageInput!]!) { ingestImages(input: $input) { results { __typename } } }`;
const ANSWER = `query ($input: AnswerInput!) { answer(input: $input) {
  status text isTruncated droppedCitations usage { inputTokens outputTokens }
  sources { ... on RankedHit { document { key } } }
  citations { source start end text document { ... on TextDocument { key text metadata } ... on ImageDocument { key caption metadata } } }
} }`;
const STREAM = `subscription ($input: AnswerInput!) { answer(input: $input) {
  __typename ... on AnswerText { text } ... on Answer { status text }
} }`;

export async function setStage() {
  const folder = await mkdtemp(join(tmpdir(), "parallax-answers-"));
  const chat = await startChatServer();
  const server = await startServer({
    PATH: process.env.PATH,
    MODEL: "mini-clip",
    PORT: "0",
    DATA_FOLDER: folder,
    MILVUS_URI: join(folder, "milvus"),
    CACHE_FOLDER: join(folder, "cache"),
    LLM_BASE_URL: chat.baseUrl,
    LLM_MODEL: "reader",
    LLM_IDLE_TIMEOUT_MS: String(IDLE_MS),
    LLM_RETRIES: "0",
  });
  const store = async (query, items) => {
    for (let at = 0; at < items.length; at += A_CALL) {
      await ask(server.url, query, { input: items.slice(at, at + A_CALL) });
    }
  };
  await store(
    TEXTS,
    SENTENCES.map(({ text, subjects, colour }) => ({ text, metadata: { subjects, colour } })),
  );
  const drawn = join(folder, "drawings");
  const shown = DRAWINGS.filter(({ set }) => set === "noto");
  await drawSamples(shown, drawn, () => undefined);
  const pictureOf = (key) => readFile(join(drawn, `${key}.png`), "base64");
  const images = shown.map(async (drawing) => ({
    caption: drawing.caption,
    image: { base64: await pictureOf(drawing.key) },
    metadata: { subjects: topicOf(drawing).subjects, colour: drawing.colour },
  }));
  await store(IMAGES, await Promise.all(images));
  return {
    chat,
    texts: SENTENCES.length,
    images: shown.length,
    pictureOf,
    storeTexts: (items) => store(TEXTS, items),
    storeImages: (items) => store(IMAGES, items),
    answer: async (input) => (await ask(server.url, ANSWER, { input })).answer,
    stream: (input) => streamed(server.url, input),
    close: async () => {
      await stopServer(server);
      await chat.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The events of an answer over server-sent events, each with when it came. */
async function streamed(url, input) {
  const response = await fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: STREAM, variables: { input } }),
  });
  const events = [];
  let text = "";
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const whole = text.split("\n\n");
    text = whole.pop();
    for (const one of whole) {
      const [, data] = /^data: (.+)$/m.exec(one) ?? [];
      if (data !== undefined) events.push({ atMs: performance.now(), ...JSON.parse(data) });
    }
  }
  return events;
}
