import { setTimeout as pause } from "node:timers/promises";
import { OpenaiChat, type OpenaiChatOptions } from "../../../src/chat/openai-chat";
import type { ChatEvent, ChatRequest } from "../../../src/ports/chat-model";
import { startChatServer, type ChatServer } from "../../support/chat-server";
import { silent } from "../../support/models";

const KEY = "sk-very-secret";
const messages: ChatRequest["messages"] = [
  { role: "system", parts: [{ kind: "text", text: "Rules." }] },
  {
    role: "user",
    parts: [
      { kind: "text", text: "What is this?" },
      { kind: "image", mediaType: "image/jpeg", bytes: Buffer.from("picture") },
    ],
  },
];

let server: ChatServer;
const models: OpenaiChat[] = [];
beforeEach(async () => (server = await startChatServer()));
afterEach(async () => {
  await Promise.all(models.splice(0).map((model) => model.close()));
  await server.stop();
});

function open(options: Partial<OpenaiChatOptions> = {}): OpenaiChat {
  const defaults = { baseUrl: server.baseUrl, model: "a-model", apiKey: KEY, retries: 0, log: silent };
  const model = new OpenaiChat({ ...defaults, timeoutMs: 10_000, idleTimeoutMs: 5_000, ...options });
  models.push(model);
  return model;
}

async function hear(model: OpenaiChat, signal = new AbortController().signal): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of model.chat({ messages, maxTokens: 77, signal })) events.push(event);
  return events;
}
const failureOf = (heard: Promise<unknown>) =>
  heard.then(
    () => null,
    (error: unknown) => error,
  );
const end = { kind: "end", isTruncated: false, usage: { inputTokens: 11, outputTokens: 7 } };

it("asks as the chat completions API has it, with pictures as data: URLs", async () => {
  await hear(open());
  const [{ path, headers, body }] = server.calls as [ChatServer["calls"][number]];
  expect(path).toBe("/v1/chat/completions");
  expect(headers.authorization).toBe(`Bearer ${KEY}`);
  expect(body).toEqual({
    model: "a-model",
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 77,
    temperature: 0,
    messages: [
      { role: "system", content: "Rules." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: `data:image/jpeg;base64,${btoa("picture")}` } },
        ],
      },
    ],
  });
});

it("names no key where there is none", async () => {
  await hear(open({ apiKey: null }));
  expect(server.calls[0]!.headers.authorization).toBeUndefined();
});

it("gives what is said as it is said, wherever packets end", async () => {
  server.answer = async (talk) => {
    const event = Buffer.from(
      `: ping\n\ndata: ${JSON.stringify({ choices: [{ delta: { content: "schläft 猫" } }] })}\r\n\r\n`,
    );
    talk.say("Die ", "Katze ");
    for (const byte of event) {
      talk.response.write(Uint8Array.of(byte));
      await pause(1);
    }
    talk.event({ choices: [{ delta: { reasoning_content: "hm" } }] }).end();
  };
  const said = ["Die ", "Katze ", "schläft 猫"].map((text) => ({ kind: "text", text }));
  expect(await hear(open())).toEqual([...said, end]);
});

it("tells what is cut off by length, and servers that count nothing or end without a mark", async () => {
  server.answer = (talk) => talk.say("a").end("length", null);
  expect((await hear(open())).at(-1)).toEqual({ kind: "end", isTruncated: true, usage: null });
  server.answer = (talk) =>
    talk.event({ choices: [{ delta: { content: "a" }, finish_reason: "stop" }] }).response.end();
  expect((await hear(open())).at(-1)).toEqual({ kind: "end", isTruncated: false, usage: null });
  server.answer = (talk) => talk.say("a").raw("data: [DONE]\n\n").response.end();
  expect((await hear(open())).at(-1)).toEqual({ kind: "end", isTruncated: false, usage: null });
});

it("asks again without what a server refuses, and remembers", async () => {
  server.answer = (talk, { body }) => {
    const refused = ["max_tokens", "temperature", "stream_options"].find((name) => name in body);
    if (refused === undefined) return talk.say("a").end("stop", null);
    talk.fail(refused === "stream_options" ? 422 : 400, { message: `Unsupported parameter: '${refused}'.` });
  };
  const model = open();
  await hear(model);
  await hear(model);
  const options = server.calls.map(({ body }) =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !["model", "messages", "stream"].includes(name))),
  );
  expect(options).toEqual([
    { max_tokens: 77, temperature: 0, stream_options: { include_usage: true } },
    { max_completion_tokens: 77, temperature: 0, stream_options: { include_usage: true } },
    { max_completion_tokens: 77, stream_options: { include_usage: true } },
    { max_completion_tokens: 77 },
    { max_completion_tokens: 77 },
  ]);
});

it("leaves nothing out for good that did not help", async () => {
  server.answer = (talk) => talk.fail(400, { message: "max_tokens is too large: the context has 4096 tokens." });
  const model = open();
  expect(await failureOf(hear(model))).toMatchObject({ code: "LLM_FAILED", message: expect.stringContaining("400") });
  server.answer = (talk) => talk.say("a").end();
  await hear(model);
  expect(server.calls.map(({ body }) => body["max_tokens"])).toEqual([77, undefined, 77]);
});

it.each([
  ["<think>Hm, a cat.\n</think>\nA cat.", "\nA cat."],
  ["  <think></think>A cat.", "A cat."],
  ["<thin air> is here", "<thin air> is here"],
  ["A <think>cat</think>", "A <think>cat</think>"],
  ["<th", "<th"],
  ["<think>and never", ""],
])("leaves out thoughts, wherever pieces end: %s", async (said, text) => {
  for (const pieces of [[said], [...said]]) {
    server.answer = (talk) => talk.say(...pieces).end();
    const events = await hear(open());
    expect(events.map((event) => (event.kind === "text" ? event.text : "")).join("")).toBe(text);
    expect(events.at(-1)).toEqual(end);
  }
});

describe("failures", () => {
  const failing = (answer: ChatServer["answer"], code: string, message: RegExp, calls = 1) =>
    [message.source, answer, code, message, calls] as const;
  it.each([
    failing(
      (talk) => talk.fail(401, { message: `Incorrect API key provided: ${KEY}` }),
      "LLM_FAILED",
      /refuses the key/,
    ),
    failing((talk) => talk.fail(404), "LLM_FAILED", /is not there/),
    failing((talk) => talk.fail(400), "LLM_FAILED", /does not take the request \(status 400\)/),
    failing((talk) => talk.fail(302, {}, { location: "http://127.0.0.1:1/" }), "LLM_FAILED", /is elsewhere/),
    failing((talk) => talk.fail(503), "LLM_UNAVAILABLE", /cannot answer at present \(status 503\)/, 2),
    failing((talk) => talk.fail(429), "LLM_UNAVAILABLE", /asked too often/, 2),
    failing((talk) => talk.response.destroy(), "LLM_UNAVAILABLE", /broke off the connection/, 2),
    failing((talk) => void talk.raw(": hello\n\n").response.end(), "LLM_UNAVAILABLE", /broke off in the middle/, 2),
    failing((talk) => void talk.say("A cat").response.end(), "LLM_UNAVAILABLE", /in the middle of its answer/),
    failing((talk) => setTimeout(() => talk.response.destroy(), 50) && talk.say("A"), "LLM_UNAVAILABLE", /broke off/),
    failing((talk) => talk.event({ error: { message: KEY } }).response.end(), "LLM_UNAVAILABLE", /failed while/, 2),
    failing((talk) => talk.say("a").end("content_filter"), "LLM_FAILED", /declined/),
    failing(
      (talk) => talk.event({ choices: [{ delta: { refusal: "no" } }] }).end(),
      "LLM_FAILED",
      /^The chat model declined/,
    ),
    failing((talk) => talk.raw("data: hello\n\n").response.end(), "LLM_FAILED", /another form/),
    failing(
      (talk) => void talk.response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      "LLM_FAILED",
      /in another form/,
    ),
    failing((talk) => void talk.raw(`data: ${"x".repeat(2_000_000)}`), "LLM_FAILED", /answers in another form/),
    failing(() => undefined, "LLM_UNAVAILABLE", /nothing for too long/, 2),
    failing((talk) => talk.say("A cat"), "LLM_UNAVAILABLE", /said nothing for too long/),
  ])("%s", async (_, answer, code, message, calls) => {
    server.answer = answer;
    const failure = await failureOf(hear(open({ retries: 1, idleTimeoutMs: 400 })));
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(`${(failure as Error).message} ${(failure as Error).stack}`).not.toContain(KEY);
    expect(server.calls).toHaveLength(calls);
  });

  it("are told where nobody listens", async () => {
    await server.stop();
    await expect(hear(open())).rejects.toMatchObject({
      code: "LLM_UNAVAILABLE",
      message: expect.stringMatching(/reached/),
    });
  });

  it("pass: it asks again, not before the server wants", async () => {
    const at: number[] = [];
    server.answer = (talk) => {
      at.push(performance.now());
      if (at.length === 1) return talk.fail(429, {}, { "retry-after": "1" });
      return at.length === 2 ? talk.fail(500) : talk.say("a").end();
    };
    expect(await hear(open({ retries: 2 }))).toEqual([{ kind: "text", text: "a" }, end]);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(995);
  });

  it("do not wait longer than there is time", async () => {
    server.answer = (talk) => talk.fail(429, {}, { "retry-after": "60" });
    await expect(hear(open({ retries: 5, timeoutMs: 2_000 }))).rejects.toMatchObject({ code: "LLM_UNAVAILABLE" });
    expect(server.calls).toHaveLength(1);
  });
});

it("ends an answer that takes too long, though it goes on, and hangs up", async () => {
  server.answer = async (talk) => {
    while (!talk.response.destroyed) {
      talk.say("more ");
      await pause(20);
    }
  };
  await expect(hear(open({ timeoutMs: 300 }))).rejects.toMatchObject({
    code: "LLM_UNAVAILABLE",
    message: expect.stringContaining("longer than 300 ms"),
  });
  await until(() => server.hungUp === 1 && server.underWay === 0);
});

it.each(["before its first word", "between words", "in a pause"])(
  "hangs up at once when it is told to, %s",
  async (when) => {
    server.answer = (talk) => (when === "in a pause" ? talk.fail(503) : when === "between words" && talk.say("a"));
    const told = new AbortController();
    const failure = failureOf(hear(open({ retries: 3 }), told.signal));
    await until(() => server.calls.length === 1);
    await pause(50);
    told.abort(new Error("enough"));
    expect(await failure).toEqual(new Error("enough"));
    await until(() => server.underWay === 0);
    expect(server.calls).toHaveLength(1);
  },
);

it("hangs up when its listener leaves, and when it is closed", async () => {
  server.answer = (talk) => talk.say("a", "b", "c");
  const model = open();
  const signal = new AbortController().signal;
  for await (const event of model.chat({ messages, maxTokens: 1, signal })) if (event.kind === "text") break;
  await until(() => server.underWay === 0);
  const failure = failureOf(hear(model));
  await until(() => server.calls.length === 2);
  await pause(20);
  await model.close();
  expect(await failure).toMatchObject({ code: "SHUTTING_DOWN" });
  await until(() => server.underWay === 0);
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await pause(20);
  expect(holds()).toBe(true);
}
