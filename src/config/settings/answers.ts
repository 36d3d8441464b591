import { setting, type Settings } from "../setting";
import { httpUrlOrNull, integer, keyOrNull, textOrNull, thumbnailWidth } from "../setting-parsers";

/** Answers that a chat model writes from what was found. */
export const ANSWER_SETTINGS = {
  llmBaseUrl: setting(
    "LLM_BASE_URL",
    "",
    "Server of chat completions (OpenAI, vLLM, Ollama …) that writes answers: https://host/v1. Default: no answers.",
    httpUrlOrNull,
  ),
  llmModel: setting("LLM_MODEL", "", "The chat model, as that server calls it; it has to see pictures.", textOrNull),
  llmApiKey: setting("LLM_API_KEY", "", "Key of that server, where it wants one.", keyOrNull),
  llmTimeoutMs: setting(
    "LLM_TIMEOUT_MS",
    "180000",
    "How long one answer may take, retries included.",
    integer(100, 3_600_000),
  ),
  llmIdleTimeoutMs: setting(
    "LLM_IDLE_TIMEOUT_MS",
    "60000",
    "How long the chat model may say nothing, also before its first word.",
    integer(100, 3_600_000),
  ),
  llmRetries: setting(
    "LLM_RETRIES",
    "2",
    "How often it is asked again when it fails before its first word.",
    integer(0, 10),
  ),
  answerTexts: setting("ANSWER_TEXTS", "8", "Texts that an answer is written from, at most.", integer(1, 50)),
  answerPictures: setting(
    "ANSWER_PICTURES",
    "4",
    "Pictures that an answer is written from, at most; 0 for a model that sees none.",
    integer(0, 20),
  ),
  answerSourceTokens: setting(
    "ANSWER_SOURCE_TOKENS",
    "6000",
    "Tokens of all those texts and captions together, estimated at one for three bytes; long texts are cut.",
    integer(100, 1_000_000),
  ),
  answerPictureWidth: setting(
    "ANSWER_PICTURE_WIDTH",
    "512",
    "Width in pixels that pictures are scaled down to before they are sent: 64, 128, 256, 384, 512, 768, 1024, 1536 or 2048.",
    thumbnailWidth,
  ),
  answerMaxTokens: setting("ANSWER_MAX_TOKENS", "1024", "Tokens of the longest answer.", integer(1, 100_000)),
  answersAtOnce: setting("ANSWERS_AT_ONCE", "8", "Answers that are written at the same time.", integer(1, 1_000)),
} as const satisfies Settings;
