import { setting, type Settings } from "../setting";
import {
  dtype,
  httpUrl,
  integer,
  integerOrNull,
  integerOrOff,
  keyOrNull,
  model,
  oneOf,
  secretOrNull,
  text,
  textOrNull,
} from "../setting-parsers";

/** The model that makes vectors of texts and pictures, here or elsewhere. */
export const MODEL_SETTINGS = {
  model: setting(
    "MODEL",
    "jinaai/jina-clip-v1",
    "Hub id (downloaded on first use), mini-clip (embedded, for drawings), a folder, or http(s)://… of a remote encoder.",
    model,
  ),
  modelRevision: setting(
    "MODEL_REVISION",
    "main",
    "Branch, tag or commit of the model on the hub; a remote one's: any word, a new one begins another collection.",
    text,
  ),
  modelDtype: setting(
    "MODEL_DTYPE",
    "fp32",
    "Which ONNX files: fp32, fp16, q8, int8, uint8, q4, q4f16 or bnb4.",
    dtype,
  ),
  modelDevice: setting(
    "MODEL_DEVICE",
    "cpu",
    "Where the model runs: cpu, cuda (NVIDIA on Linux), coreml (Apple), dml (DirectML on Windows), where ONNX Runtime has it.",
    oneOf("cpu", "cuda", "coreml", "dml"),
  ),
  modelThreads: setting(
    "MODEL_THREADS",
    "",
    "Threads that one run of the model takes. Default: as many as the machine has cores.",
    integerOrNull(1, 1_024),
  ),
  modelHubUrl: setting("MODEL_HUB_URL", "https://huggingface.co", "The hub, or a mirror of it.", httpUrl),
  embeddingDimension: setting(
    "EMBEDDING_DIMENSION",
    "",
    "Shorter vectors from a Matryoshka model (v2: 64 to 1024). Default: the model's own.",
    integerOrNull(1, 8_192),
  ),
  passageTokens: setting(
    "PASSAGE_TOKENS",
    "32",
    "Tokens of a passage, at most; a text of more than four of them is embedded in passages. off: as much of it as the model reads.",
    integerOrOff(16, 8_192),
  ),
  passageOverlap: setting(
    "PASSAGE_OVERLAP",
    "8",
    "Tokens that a passage has in common with the one before, at most; half a passage at most.",
    integer(0, 4_096),
  ),
  modelName: setting("MODEL_NAME", "", "What an API at MODEL calls the model.", textOrNull),
  modelApiKey: setting(
    "MODEL_API_KEY",
    "",
    "Sent to MODEL as a bearer token: an API's key, or the ENCODER_SECRET of a Parallax server.",
    keyOrNull,
  ),
  modelProtocol: setting(
    "MODEL_PROTOCOL",
    "",
    "How MODEL is spoken to: parallax, jina, openai (texts alone), infinity or vllm. Default: by the address, where that tells.",
    oneOf("", "parallax", "jina", "openai", "infinity", "vllm"),
  ),
  modelImageSide: setting(
    "MODEL_IMAGE_SIDE",
    "384",
    "Width and height in pixels of the pictures that an API at MODEL gets.",
    integer(16, 2_048),
  ),
  modelQueryPrefix: setting(
    "MODEL_QUERY_PREFIX",
    "",
    "Put before queries, and a space, where an API's model was trained with such.",
    text,
  ),
  encoderSecret: setting(
    "ENCODER_SECRET",
    "",
    "Serves this server's model to other Parallax servers at /encoder/v1, to those that know this. Not set: to nobody.",
    secretOrNull,
  ),
  encoderDeadlineMs: setting(
    "ENCODER_DEADLINE_MS",
    "120000",
    "A batch that takes the model longer than this fails; a remote one is tried again within it.",
    integer(1_000, 3_600_000),
  ),
  batchWindowMs: setting(
    "BATCH_WINDOW_MS",
    "0",
    "How long an idle encoder waits for company before it starts a batch; 0: for what comes at the same moment.",
    integer(0, 1_000),
  ),
  queryCacheSize: setting(
    "QUERY_CACHE_SIZE",
    "10000",
    "How many query vectors are remembered.",
    integer(1, 10_000_000),
  ),
} as const satisfies Settings;
