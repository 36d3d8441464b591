import { createRequire } from "node:module";

/** Loads what the Milvus SDK itself depends on: the very modules that it uses. */
export const ofSdk = createRequire(createRequire(__filename).resolve("@zilliz/milvus2-sdk-node"));
