import type { ChatMessage, ChatPart, ChatRequest } from "../ports/chat-model";

/**
 * How a request is written: most servers take a temperature and count `max_tokens`; models that think first take neither,
 * and count `max_completion_tokens`.
 */
export type Dialect = "plain" | "thinking";

/** A request as the chat completions API has it: https://platform.openai.com/docs/api-reference/chat/create. */
export const chatBody = (model: string, { messages, maxTokens }: ChatRequest, dialect: Dialect): string =>
  JSON.stringify({
    model,
    messages: messages.map(toMessage),
    stream: true,
    stream_options: { include_usage: true },
    ...(dialect === "plain" ? { max_tokens: maxTokens, temperature: 0 } : { max_completion_tokens: maxTokens }),
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
