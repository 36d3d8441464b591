import type { Config } from "../config/config";
import { AppError } from "../errors";
import { Answerer } from "../answers/answerer";
import type { Thumbnails } from "../images/media/thumbnails";
import type { Log } from "../log";
import type { ChatModel } from "../ports/chat-model";
import type { Searcher } from "../search/searcher";

const JPEG = "image/jpeg";

/** What writes answers as a configuration says. */
export const makeAnswerer = (
  config: Config,
  { model, searcher, thumbnails }: { model: ChatModel | null; searcher: Searcher; thumbnails: Thumbnails },
): Answerer =>
  new Answerer({
    searcher,
    model,
    readPicture: async (picture) => {
      const bytes = await thumbnails.read({ picture, width: config.answerPictureWidth, mediaType: JPEG });
      return bytes && { mediaType: JPEG, bytes };
    },
    budget: { texts: config.answerTexts, pictures: config.answerPictures, tokens: config.answerSourceTokens },
    maxTokens: config.answerMaxTokens,
    atOnce: config.answersAtOnce,
  });

/** The chat model that a configuration names; null: none. Throws INVALID_CONFIGURATION for half of a name. */
export async function openChatModel(config: Config, log: Log): Promise<ChatModel | null> {
  const { llmBaseUrl: baseUrl, llmModel: model, llmApiKey: apiKey } = config;
  if (baseUrl === null && model === null) return null;
  if (baseUrl !== null && model !== null) {
    const { llmTimeoutMs: timeoutMs, llmIdleTimeoutMs: idleTimeoutMs, llmRetries: retries } = config;
    const { OpenaiChat } = await import("../chat/openai-chat.js");
    return new OpenaiChat({ baseUrl, model, apiKey, timeoutMs, idleTimeoutMs, retries, log });
  }
  throw new AppError(
    "INVALID_CONFIGURATION",
    "Answers need LLM_BASE_URL and LLM_MODEL, and only one of them is set. Set both, or none for a server without answers.",
  );
}
