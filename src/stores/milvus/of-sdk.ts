import { ofPackage } from "../../when-used";

/** Loads what the Milvus SDK itself depends on. */
export const ofSdk = ofPackage("@zilliz/milvus2-sdk-node");
