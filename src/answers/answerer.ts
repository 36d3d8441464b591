import { AppError } from "../errors";
import type { ChatModel, TokenUsage } from "../ports/chat-model";
import type { Lookups } from "../search/lookups";
import type { RerankReport } from "../search/rerank";
import type { Searcher, SearchResult } from "../search/searcher";
import type { Answer, AnswerEvent, AnswerRequest } from "./answer";
import { AnswerText } from "./answer-text";
import { drawBoundary } from "./data-section";
import { lastTurns, writePrompt } from "./prompt";
import { gatherSources, hitsFor, type ReadPicture, type Source, type SourceBudget } from "./source";

export interface AnswererOptions {
  readonly searcher: Pick<Searcher, "search">;
  /** Null: answers are not configured. */
  readonly model: ChatModel | null;
  readonly readPicture: ReadPicture;
  readonly budget: SourceBudget;
  /** Length of the longest answer, in the model's own tokens. */
  readonly maxTokens: number;
  /** Answers under way at once. */
  readonly atOnce: number;
}

/** What an answer is written from, and what reranking it came to. */
interface Found {
  readonly sources: readonly Source[];
  readonly rerank: RerankReport | null;
}

/** Nobody's tokens are longer on average; a server that does not count stops here. */
const CHARACTERS_A_TOKEN = 8;
/** What was said before may take so much of the sources' budget besides. */
const HISTORY_SHARE = 0.25;

/** Answers questions from what is stored, with citations. */
export class Answerer {
  #underWay = 0;

  constructor(private readonly options: AnswererOptions) {}

  /** The chat model's name; null: answers are not configured. */
  get modelName(): string | null {
    return this.options.model?.name ?? null;
  }

  /**
   * The answer as it comes about; ends with the whole of it. Throws ANSWERS_NOT_CONFIGURED, OVERLOADED, as searches do, and as the
   * model does; the signal's reason once that is aborted.
   */
  async *answer(request: AnswerRequest, lookups: Lookups, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    const model = configured(this.options.model);
    if (this.#underWay >= this.options.atOnce) throw overloaded(this.options.atOnce);
    this.#underWay++;
    try {
      const { hits, rerank } = await this.#search(request, lookups);
      signal.throwIfAborted();
      const sources = await gatherSources(hits, this.options.budget, this.options.readPicture);
      signal.throwIfAborted();
      if (sources.length === 0) return yield ended(refusal("nothingRelevant", { sources: [], rerank }, null));
      yield { kind: "sources", sources: sources.map(({ hit }) => hit) };
      yield* this.#write(request, { sources, rerank }, model, signal);
    } finally {
      this.#underWay--;
    }
  }

  /** A question that follows others is looked for along with the last of them, which may say what it is about. */
  async #search({ question, history, search }: AnswerRequest, lookups: Lookups): Promise<SearchResult> {
    const before = history.at(-1)?.question;
    const text = before === undefined ? question : `${before}\n${question}`;
    const parts = [{ content: { kind: "text", text }, weight: 1 }] as const;
    const { budget, searcher } = this.options;
    // A model that sees no pictures is not to be given a list that pictures fill.
    const modalities = search.modalities.filter((modality) => modality === "text" || budget.pictures > 0);
    const request = { ...search, modalities, parts, after: null, first: hitsFor(budget), fields: null };
    return searcher.search(request, lookups);
  }

  async *#write(
    { question, history }: AnswerRequest,
    found: Found,
    model: ChatModel,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent, void> {
    const { maxTokens, budget } = this.options;
    const { sources } = found;
    const turns = lastTurns(history, HISTORY_SHARE * budget.tokens);
    const messages = writePrompt(question, turns, sources, drawBoundary());
    const text = new AnswerText(sources, CHARACTERS_A_TOKEN * maxTokens);
    let isTruncated = true;
    let usage: TokenUsage | null = null;
    for await (const event of model.chat({ messages, maxTokens, signal })) {
      if (event.kind === "end") ({ isTruncated, usage } = event);
      const more = event.kind === "end" ? text.end() : text.add(event.text);
      if (more !== "") yield { kind: "text", text: more };
      if (text.isFull) break;
    }
    yield ended(conclude(text, found, isTruncated, usage));
  }
}

function conclude(text: AnswerText, found: Found, isTruncated: boolean, usage: TokenUsage | null): Answer {
  if (text.isRefusal) return refusal("notInSources", found, usage);
  if (text.text.trim() === "") throw new AppError("LLM_FAILED", "The chat model answered nothing. Ask in other words.");
  const { dropped: droppedCitations } = text;
  const citations = text.citations();
  const said = { status: "answered", text: text.text, isTruncated, citations, droppedCitations } as const;
  return { ...said, ...toldOf(found), usage };
}

const toldOf = ({ sources, rerank }: Found) => ({ sources: sources.map(({ hit }) => hit), rerank });

const refusal = (status: Answer["status"], found: Found, usage: TokenUsage | null): Answer => ({
  status,
  text: "",
  isTruncated: false,
  citations: [],
  droppedCitations: 0,
  ...toldOf(found),
  usage,
});

const ended = (answer: Answer): AnswerEvent => ({ kind: "answer", answer });

function configured(model: ChatModel | null): ChatModel {
  if (model !== null) return model;
  throw new AppError(
    "ANSWERS_NOT_CONFIGURED",
    "This server writes no answers: it has no chat model. Its operator has to set LLM_BASE_URL and LLM_MODEL. Searches work without.",
  );
}

const overloaded = (most: number): AppError =>
  new AppError(
    "OVERLOADED",
    `${most} answers are being written already, and that is the most at once. Try again in a moment.`,
  );
