import Module from "node:module";
import { ofSdk } from "./of-sdk";

/**
 * The SDK writes files for Milvus's bulk import with a package of 109 modules, Amazon's client of S3 among them, which nothing here asks it
 * to: 130 ms of a processor at each start, and 8 MB. Once this module is loaded, that package is when somebody uses it.
 */
const path = ofSdk.resolve("@shanghaikid/parquetjs");
const standIn = new Module(path);

const real = (): object => {
  if (ofSdk.cache[path] === standIn) delete ofSdk.cache[path];
  return ofSdk(path) as object;
};

standIn.loaded = true;
standIn.exports = new Proxy({}, { get: (_, name) => Reflect.get(real(), name) });
ofSdk.cache[path] = standIn;
