import type { Config } from "../config/config";
import type { PassageSize } from "../ingestion/passages/split-text";

/** What a configuration says of passages; null: long texts are found by their beginning alone. */
export const passageSize = ({ passageTokens: tokens, passageOverlap: overlap }: Config): PassageSize | null =>
  tokens === null ? null : { tokens, overlap };
