import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { ChatEvent, ChatModel, ChatRequest } from "../ports/chat-model";
import { tooLate, toChatFailure } from "./chat-failure";
import { ChatRequests, type ChatRequestOptions } from "./chat-requests";
import { Deadline } from "./deadline";
import { readChatStream } from "./read-chat-stream";

export interface OpenaiChatOptions extends ChatRequestOptions {
  /** For one answer, retries and pauses included. */
  readonly timeoutMs: number;
  /** How often a request that failed before its first word is sent again, where that may help. */
  readonly retries: number;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 500;

/**
 * A model behind any server that speaks OpenAI's chat completions: OpenAI's own, vLLM, Ollama, llama.cpp and others. The log has
 * statuses and codes, never what was asked, answered or shown as a key.
 */
export class OpenaiChat implements ChatModel {
  readonly name: string;
  readonly #requests: ChatRequests;
  readonly #closing = new AbortController();

  constructor(private readonly options: OpenaiChatOptions) {
    this.name = options.model;
    this.#requests = new ChatRequests(options);
    // Every answer listens to it.
    setMaxListeners(0, this.#closing.signal);
  }

  async *chat(request: ChatRequest): AsyncGenerator<ChatEvent> {
    const { timeoutMs } = this.options;
    const deadline = new Deadline(timeoutMs, [request.signal, this.#closing.signal]);
    try {
      for (let tried = 0; ; tried++) {
        const ended = yield* this.#attempt(request, deadline, tried);
        if (ended) return;
      }
    } finally {
      deadline.end();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#requests.close();
  }

  /** Whether it came to its end; false, after a pause: it is to be tried again. */
  async *#attempt(request: ChatRequest, deadline: Deadline, tried: number): AsyncGenerator<ChatEvent, boolean> {
    const { retries, timeoutMs, log } = this.options;
    let hasBegun = false;
    try {
      for await (const event of readChatStream(await this.#requests.ask(request, deadline.signal))) {
        hasBegun = true;
        yield event;
      }
      return true;
    } catch (thrown) {
      request.signal.throwIfAborted();
      if (this.#closing.signal.aborted) throw stopping();
      if (deadline.signal.aborted) throw tooLate(timeoutMs);
      const { failure, mayPass, waitMs } = toChatFailure(thrown);
      log.debug({ code: failure.code, fault: failure.message, tried }, "The chat model failed");
      const pauseMs = pauseAfter(tried, waitMs);
      if (hasBegun || !mayPass || tried >= retries || pauseMs >= deadline.leftMs) throw failure;
      await sleep(pauseMs, undefined, { signal: deadline.signal }).catch(() => {
        request.signal.throwIfAborted();
        throw this.#closing.signal.aborted ? stopping() : failure;
      });
      return false;
    }
  }
}

/** Pauses double and are never the same for two askers, and not shorter than the server asks for. */
const pauseAfter = (tried: number, askedMs: number | null): number =>
  Math.max(askedMs ?? 0, (FIRST_PAUSE_MS * 2 ** tried) / 2) + (Math.random() * FIRST_PAUSE_MS) / 2;

const stopping = (): AppError =>
  new AppError("SHUTTING_DOWN", "The server is stopping, and answers nothing more. Ask again in a moment.");
