import type { AnswerEvent, AnswerRequest } from "../../../src/answers/answer";
import { Answerer, type AnswererOptions } from "../../../src/answers/answerer";
import type { ChatEvent, ChatModel } from "../../../src/ports/chat-model";
import type { Lookups } from "../../../src/search/lookups";
import type { SearchRequest } from "../../../src/search/search-request";
import { PLAIN_SEARCH } from "../../support/memory-search";
import { imageHit, textHits } from "../../support/sources";

const lookups = {} as Lookups;
const request: AnswerRequest = { question: "Why?", history: [], search: PLAIN_SEARCH };
const asked: SearchRequest[] = [];

/** A model that says these things. */
function saying(...said: string[]): ChatModel {
  const events: ChatEvent[] = said.map((text) => ({ kind: "text", text }));
  async function* chat(): AsyncGenerator<ChatEvent> {
    yield* events;
    yield { kind: "end", isTruncated: false, usage: { inputTokens: 1, outputTokens: 2 } };
  }
  return { name: "a model", chat, close: async () => undefined };
}

function answerer(options: Partial<AnswererOptions> = {}): Answerer {
  asked.length = 0;
  const late = { model: "a reranker", status: "late", reason: "It took too long.", read: 0 } as const;
  const search: AnswererOptions["searcher"]["search"] = async (one) => {
    asked.push(one);
    const hits = [...textHits(["one", "two"]), imageHit("cat")].filter(({ document }) =>
      one.modalities.includes(document.modality),
    );
    return {
      hits,
      hasNextPage: false,
      rerank: one.rerank && late,
      timings: { embedMs: 0, queueMs: 0, storeMs: 0, rankMs: 0, rerankMs: 0 },
    };
  };
  return new Answerer({
    searcher: { search },
    model: saying("Because [1]."),
    readPicture: async () => ({ mediaType: "image/jpeg", bytes: Buffer.from("picture") }),
    budget: { texts: 2, pictures: 1, tokens: 100 },
    maxTokens: 10,
    atOnce: 1,
    ...options,
  });
}

async function eventsOf(one: Answerer, given: Partial<AnswerRequest> = {}, signal = new AbortController().signal) {
  const events: AnswerEvent[] = [];
  for await (const event of one.answer({ ...request, ...given }, lookups, signal)) events.push(event);
  return events;
}
const kindsOf = (events: readonly AnswerEvent[]) => events.map(({ kind }) => kind);

it("looks for a question along with the last one before", async () => {
  const history = ["first", "second"].map((question) => ({ question, answer: "so" }));
  expect(kindsOf(await eventsOf(answerer(), { history }))).toEqual(["sources", "text", "text", "answer"]);
  expect(asked[0]!.parts).toEqual([{ content: { kind: "text", text: "second\nWhy?" }, weight: 1 }]);
  expect(asked[0]).toMatchObject({ after: null, first: 6, modalities: ["text", "image"] });
});

it("looks for texts alone where the model sees no pictures", async () => {
  const blind = answerer({ budget: { texts: 2, pictures: 0, tokens: 100 } });
  const [sources] = await eventsOf(blind);
  expect(asked[0]!.modalities).toEqual(["text"]);
  expect(sources).toMatchObject({ kind: "sources", sources: [{}, {}] });
});

it("ends an answer that is longer than it may be", async () => {
  const events = await eventsOf(answerer({ model: saying(...Array(50).fill("word word ")), maxTokens: 10 }));
  expect(events.at(-1)).toMatchObject({ answer: { isTruncated: true, usage: null } });
  expect((events.at(-1) as { answer: { text: string } }).answer.text).toHaveLength(80);
});

it("has room again after each end: the last event, a failure, a listener that leaves", async () => {
  const one = answerer();
  await eventsOf(one);
  const told = new AbortController();
  told.abort(new Error("enough"));
  await expect(eventsOf(one, {}, told.signal)).rejects.toThrow("enough");
  for await (const { kind } of one.answer(request, lookups, new AbortController().signal))
    if (kind === "sources") break;
  const held = one.answer(request, lookups, new AbortController().signal);
  await held.next();
  await expect(eventsOf(one)).rejects.toMatchObject({ code: "OVERLOADED" });
  await held.return();
  expect(kindsOf(await eventsOf(one)).at(-1)).toBe("answer");
});

it("asks nobody where there is no model", async () => {
  const none = answerer({ model: null });
  expect(none.modelName).toBeNull();
  await expect(eventsOf(none)).rejects.toMatchObject({ code: "ANSWERS_NOT_CONFIGURED" });
  expect(asked).toEqual([]);
});

it("asks for what is reranked, and tells what that came to, of a refusal too", async () => {
  const rerank = { candidates: 20 };
  const search = { ...PLAIN_SEARCH, rerank };
  const late = { rerank: { status: "late", reason: "It took too long." } };
  expect((await eventsOf(answerer(), { search })).at(-1)).toMatchObject({ answer: { status: "answered", ...late } });
  expect(asked[0]!.rerank).toEqual(rerank);
  const none = answerer({ model: saying("NO_ANSWER_IN_SOURCES") });
  expect((await eventsOf(none, { search })).at(-1)).toMatchObject({ answer: { status: "notInSources", ...late } });
  expect((await eventsOf(answerer())).at(-1)).toMatchObject({ answer: { rerank: null } });
});
