import { createHash } from "node:crypto";
import type { DemoOptions } from "./demo-options";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with the demo's defaults under it: the embedded model and Milvus Lite, in a data folder of the demo's
 * own. Each folder of the user's pictures has another, since keys are paths within it.
 */
export function demoEnvironment({ imagesFolder }: DemoOptions, environment: Environment): Environment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const data =
    given.DATA_FOLDER ?? (imagesFolder === null ? "./data/demo" : `./data/demo-images/${digest(imagesFolder)}`);
  return { MODEL: "mini-clip", DATA_FOLDER: data, MILVUS_URI: `${data}/milvus`, LOG_LEVEL: "warn", ...given };
}

const digest = (path: string): string => createHash("sha256").update(path).digest("hex").slice(0, 12);
