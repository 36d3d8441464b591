import { loadWhenUsed } from "../../when-used";
import { ofSdk } from "./of-sdk";

// The SDK writes files for Milvus's bulk import with a package of 109 modules, Amazon's client of S3 among them, and traces of its
// calls with one of 51. Nothing here asks it to.
for (const name of ["@shanghaikid/parquetjs", "@opentelemetry/api"]) loadWhenUsed(ofSdk, name);
