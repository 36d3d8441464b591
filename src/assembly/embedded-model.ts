import { join } from "node:path";
import type { Config } from "../config/config";

/** The small model for drawings that comes with the project. */
export const EMBEDDED_MODEL = "mini-clip";

export const EMBEDDED_MODEL_FOLDER = join(__dirname, "../../models", EMBEDDED_MODEL);

/** A configuration with another model. The embedded one has one revision, arithmetic and length, whatever is set for others. */
export const withModel = (config: Config, model: string): Config =>
  model === EMBEDDED_MODEL
    ? { ...config, model, modelRevision: "", modelDtype: "fp32", embeddingDimension: null }
    : { ...config, model };
