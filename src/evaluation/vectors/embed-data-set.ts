import type { Modality, Vector } from "../../documents/document";
import type { EncodingRole } from "../../ports/encoder";
import { FILES, type DataSet, type DataSetDocument, type DataSetQuery } from "../data-set/data-set";
import { Faults } from "../data-set/faults";
import { embedContents, type EmbeddingTools } from "./embed-contents";

interface WithVector {
  readonly kind: Modality;
  readonly vector: Vector;
}
export type EvaluatedDocument = DataSetDocument & WithVector;
export type EvaluatedQuery = DataSetQuery & WithVector;

/** A data set with a model's vectors. */
export interface EmbeddedDataSet extends Omit<DataSet, "documents" | "queries"> {
  readonly documents: readonly EvaluatedDocument[];
  readonly queries: readonly EvaluatedQuery[];
}

/**
 * Embeds a data set, with what the cache has of it. Throws BAD_USER_INPUT that names every picture and text that cannot be
 * embedded.
 */
export async function embedDataSet(dataSet: DataSet, tools: EmbeddingTools): Promise<EmbeddedDataSet> {
  const faults = new Faults();
  const embed = async <T extends Pick<DataSetDocument, "content" | "line">>(
    entries: readonly T[],
    role: EncodingRole,
    file: string,
  ): Promise<(T & WithVector)[]> => {
    const contents = entries.map(({ content }) => content);
    const found = await embedContents(contents, role, tools);
    return entries.flatMap((entry, i) => {
      const one = found[i]!;
      if (one.ok) return [{ ...entry, kind: entry.content.kind, vector: one.value }];
      faults.add(file, entry.line, one.error.message);
      return [];
    });
  };
  const documents = await embed(dataSet.documents, "document", FILES.documents);
  const queries = await embed(dataSet.queries, "query", FILES.queries);
  faults.throwAny();
  return { ...dataSet, documents, queries };
}
