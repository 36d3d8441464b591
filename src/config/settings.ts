import type { Settings } from "./setting";
import { ANSWER_SETTINGS } from "./settings/answers";
import { DATA_SETTINGS } from "./settings/data";
import { DECODING_SETTINGS } from "./settings/decoding";
import { FETCHING_SETTINGS } from "./settings/fetching";
import { INGESTION_SETTINGS } from "./settings/ingestion";
import { LIMIT_SETTINGS } from "./settings/limits";
import { MODEL_SETTINGS } from "./settings/model";
import { RERANK_SETTINGS } from "./settings/rerank";
import { SERVER_SETTINGS } from "./settings/server";

/** The settings under their headings in the documentation, in its order. */
export const SETTING_SECTIONS: Readonly<Record<string, Settings>> = {
  Server: SERVER_SETTINGS,
  Model: MODEL_SETTINGS,
  Data: DATA_SETTINGS,
  "Pictures and PDFs": DECODING_SETTINGS,
  Fetching: FETCHING_SETTINGS,
  "Uploads and ingestions": INGESTION_SETTINGS,
  Reranking: RERANK_SETTINGS,
  Answers: ANSWER_SETTINGS,
  Limits: LIMIT_SETTINGS,
};

/** The whole configuration. */
export const SETTINGS = {
  ...SERVER_SETTINGS,
  ...MODEL_SETTINGS,
  ...DATA_SETTINGS,
  ...DECODING_SETTINGS,
  ...FETCHING_SETTINGS,
  ...INGESTION_SETTINGS,
  ...RERANK_SETTINGS,
  ...ANSWER_SETTINGS,
  ...LIMIT_SETTINGS,
};
