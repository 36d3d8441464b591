import { randomUUID } from "node:crypto";
import { AppError } from "../../errors";
import type { Log } from "../../log";
import { hasKeywords, withKeywords } from "./keyword-schema";
import type { MilvusConnection } from "./milvus-connection";
import { milvusSchema } from "./milvus-schema";

const PROBE_DIMENSION = 8;

/**
 * Whether this Milvus can search by keyword: tried on an empty collection, which is dropped again. Milvus before 2.5
 * takes the schema and leaves out what it does not know (2.3 then dies when such a collection is loaded), so that only
 * looking at what was made tells.
 */
export async function detectKeywords(connection: MilvusConnection, prefix: string, log: Log): Promise<boolean> {
  // Does not begin with the prefix, so that nobody lists it.
  const of = { collection_name: `probe_${prefix}_${randomUUID().slice(0, 8)}` };
  const told = (error: unknown): null => {
    if (!(error instanceof AppError) || error.code !== "STORE_FAILED") throw error;
    log.warn({ err: error }, "Milvus refused a collection with keywords");
    return null;
  };
  const schema = withKeywords(milvusSchema(PROBE_DIMENSION));
  await connection.run("try keywords", (client) => client.createCollection({ ...of, ...schema })).catch(told);
  const made = await connection.run("look for keywords", (client) => client.describeCollection(of)).catch(told);
  if (made === null) return false;
  await connection.run("drop the trial of keywords", (client) => client.dropCollection(of));
  return hasKeywords(made);
}
