import type { ChatMessage, ChatPart, ChatRequest } from "../ports/chat-model";

/**
 * What some models or servers refuse, by the names that they say so with: models that think first take no temperature and call the
 * longest answer otherwise, and not every server counts.
 */
export const REFUSABLE = ["max_tokens", "temperature", "stream_options"] as const;
export type Refusable = (typeof REFUSABLE)[number];

/** A request as the chat completions API has it: https://platform.openai.com/docs/api-reference/chat/create. */
export const chatBody = (
  model: string,
  { messages, maxTokens }: ChatRequest,
  refused: ReadonlySet<Refusable>,
): string =>
  JSON.stringify({
    model,
    messages: messages.map(toMessage),
    stream: true,
    ...(refused.has("stream_options") ? {} : { stream_options: { include_usage: true } }),
    ...(refused.has("temperature") ? {} : { temperature: 0 }),
    ...(refused.has("max_tokens") ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
  });

/** System messages are a string: not every server takes parts there. */
const toMessage = ({ role, parts }: ChatMessage) => ({
  role,
  content:
    role === "system" ? parts.map((part) => (part.kind === "text" ? part.text : "")).join("") : parts.map(toPart),
});

const toPart = (part: ChatPart) =>
  part.kind === "text"
    ? { type: "text", text: part.text }
    : { type: "image_url", image_url: { url: dataUrl(part.mediaType, part.bytes) } };

const dataUrl = (mediaType: string, bytes: Uint8Array): string =>
  `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")}`;
