import { ConsistencyLevelEnum, MilvusClient } from "@zilliz/milvus2-sdk-node";
import { FIRST } from "../client.mjs";

/** How many neighbours of a modality a search for the first five asks for. */
const CANDIDATES = 2 * FIRST + 16;
/** Milvus's own default: nothing waits for writes that others made a moment ago, whatever level the collection asks for. */
const CONSISTENCY = ConsistencyLevelEnum.Bounded;
const MODALITIES = ["text", "image"];
const FIELDS = ["id", "text"];

/**
 * The Milvus SDK alone on the collection that Parallax made: `search` makes the calls of one search, one a modality, with a
 * vector at hand. Where a modality has a partition or a collection of its own, it is asked; else the modality is a filter.
 */
export async function openBareStore(address, name) {
  const client = new MilvusClient({ address });
  await client.connectPromise;
  const collections = await collectionsOf(client, name);
  const calls =
    collections.length > 1
      ? collections.map(({ collection }) => ({ collection }))
      : await parts(client, collections[0]);
  const { field: anns_field, metric: metric_type } = collections[0];
  const common = { anns_field, metric_type, output_fields: FIELDS, limit: CANDIDATES, consistency_level: CONSISTENCY };
  const search = async (vector) => {
    const found = await Promise.all(
      calls.map(({ collection, ...where }) =>
        client.search({ collection_name: collection, data: [vector], ...common, ...where }),
      ),
    );
    for (const { status, results } of found)
      if (results.length < FIRST) throw new Error(`A bare search found ${results.length}. ${status.reason}`);
  };
  return {
    search,
    vectors: (count, series) => vectors(count, collections[0].dimension, series),
    close: () => client.closeConnection(),
  };
}

async function collectionsOf(client, name) {
  const { data } = await client.listCollections();
  const names = data.map((one) => one.name);
  const ownOnes = MODALITIES.map((modality) => `${name}_${modality}`).filter((one) => names.includes(one));
  const wanted = ownOnes.length === MODALITIES.length ? ownOnes : [name];
  return Promise.all(wanted.map((collection) => described(client, collection)));
}

async function described(client, collection) {
  const { schema } = await client.describeCollection({ collection_name: collection });
  const field = schema.fields.find(({ data_type: type }) => type === "FloatVector");
  const { index_descriptions: indexes } = await client.describeIndex({ collection_name: collection });
  const params = indexes.find(({ field_name: indexed }) => indexed === field.name)?.params ?? [];
  const metric = params.find(({ key }) => key === "metric_type")?.value ?? "COSINE";
  const dimension = Number(field.type_params.find(({ key }) => key === "dim").value);
  return { collection, field: field.name, metric, dimension };
}

async function parts(client, { collection }) {
  const { partition_names: names = [] } = await client.showPartitions({ collection_name: collection });
  const isApart = MODALITIES.every((modality) => names.includes(modality));
  return MODALITIES.map((modality) =>
    isApart
      ? { collection, partition_names: [modality] }
      : { collection, filter: `modality == ${JSON.stringify(modality)}` },
  );
}

const vectors = (count, dimension, series) =>
  Array.from({ length: count }, (_, n) =>
    Array.from({ length: dimension }, (_unused, i) => Math.sin((series * count + n) * 31 + i * 7)),
  );
