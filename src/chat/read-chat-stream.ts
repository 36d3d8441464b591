import { createParser } from "eventsource-parser";
import type { ChatEvent, TokenUsage } from "../ports/chat-model";
import { brokenOff, declined, failedMeanwhile, notUnderstood } from "./chat-failure";
import { Thoughts } from "./thoughts";

/** Of a whole stream: a long answer has some hundred bytes a token. */
const MAX_STREAM_BYTES = 16 * 1_048_576;
const MAX_EVENT_BYTES = 1_048_576;
const LAST = "[DONE]";
/** What a GraphQL Int holds. */
const MAX_TOKENS = 2 ** 31 - 1;

/** A chunk of a completion, as far as it is looked at; nothing in it is believed to be there. */
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: unknown; readonly refusal?: unknown } | null;
    readonly finish_reason?: unknown;
  }[];
  readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown } | null;
  readonly error?: unknown;
}

/** What a stream of chat completion chunks (server-sent events) says. Throws a ChatFailure unless it comes to its end. */
export async function* readChatStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<ChatEvent> {
  let finish: string | null = null;
  let usage: TokenUsage | null = null;
  const thoughts = new Thoughts();
  for await (const data of eventsOf(body)) {
    if (data === LAST) {
      finish ??= "stop";
      break;
    }
    const { choices, ...chunk } = parse(data);
    if (chunk.error) throw failedMeanwhile();
    const choice = choices?.[0];
    const { content, refusal } = choice?.delta ?? {};
    if (typeof refusal === "string" && refusal !== "") throw declined();
    const said = typeof content === "string" ? thoughts.leaveOut(content) : "";
    if (said !== "") yield { kind: "text", text: said };
    if (typeof choice?.finish_reason === "string") finish = choice.finish_reason;
    usage = usageOf(chunk) ?? usage;
  }
  if (finish === null) throw brokenOff();
  if (finish === "content_filter") throw declined();
  const rest = thoughts.end();
  if (rest !== "") yield { kind: "text", text: rest };
  yield { kind: "end", isTruncated: finish === "length", usage };
}

/** The data of each event, as they come. */
async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const come: string[] = [];
  let isTooLong = false;
  const parser = createParser({
    onEvent: ({ data }) => void come.push(data),
    onError: ({ type }) => (isTooLong ||= type === "max-buffer-size-exceeded"),
    maxBufferSize: MAX_EVENT_BYTES,
  });
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.byteLength;
    parser.feed(decoder.decode(piece, { stream: true }));
    if (bytes > MAX_STREAM_BYTES || isTooLong) throw notUnderstood();
    yield* come.splice(0);
  }
}

function parse(data: string): Chunk {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Told below.
  }
  throw notUnderstood();
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_TOKENS;

function usageOf({ usage }: Chunk): TokenUsage | null {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage ?? {};
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null;
}
