import type { Config } from "../config/config";
import { readConfig } from "../config/read-config";

/** The configuration of a command that tells by itself what there is to tell: unless set otherwise, only errors are logged. */
export const readQuietConfig = (env: Readonly<Record<string, string | undefined>>): Config =>
  readConfig({ ...env, LOG_LEVEL: env["LOG_LEVEL"]?.trim() || "error" });
