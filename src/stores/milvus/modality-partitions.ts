import { MODALITIES } from "../../documents/document";
import type { MilvusConnection } from "./milvus-connection";

/**
 * One partition a modality, called like it: a search looks at one modality's vectors alone, and each part of an index is
 * of one modality. Texts and pictures lie apart, and an index over both loses one of them (docs/decisions/0020). Makes the
 * partitions that are missing; to be called before the collection is loaded.
 */
export async function prepareModalityPartitions(connection: MilvusConnection, collection: string): Promise<void> {
  const of = { collection_name: collection };
  const listed = await connection.run("list partitions", (client) => client.showPartitions(of));
  for (const partition_name of MODALITIES.filter((name) => !listed.partition_names.includes(name))) {
    await connection.run("create a partition", (client) => client.createPartition({ ...of, partition_name }));
  }
}
