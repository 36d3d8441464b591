import { AppError } from "../errors";
import type { Query, QueryPart } from "./ranking/query";
import type { Lookups } from "./lookups";
import type { QueryContent, SearchRequest } from "./search-request";
import type { Stopwatch } from "./stopwatch";

/** The parts of a query as vectors. Throws DOCUMENT_NOT_FOUND for a document that is not stored. */
export const embedQuery = ({ tenant, parts }: SearchRequest, lookups: Lookups, watch: Stopwatch): Promise<Query> =>
  watch.embed(async () => {
    const embedded = await Promise.all(parts.map(({ content }) => embed(tenant, content, lookups)));
    watch.queued(Math.max(...embedded.map(({ queuedMs }) => queuedMs)));
    return embedded.map(({ kind, vector }, i) => ({ kind, vector, weight: parts[i]!.weight }));
  });

type Embedded = Omit<QueryPart, "weight"> & { readonly queuedMs: number };

async function embed(tenant: string, content: QueryContent, lookups: Lookups): Promise<Embedded> {
  if (content.kind === "text") return { kind: "text", ...(await lookups.embedText(content.text)) };
  if (content.kind === "image") return { kind: "image", ...(await lookups.embedImage(content.pixels)) };
  const stored = await lookups.embedded(tenant, content.id);
  if (stored !== null) return { kind: stored.document.modality, vector: stored.vector, queuedMs: 0 };
  throw new AppError(
    "DOCUMENT_NOT_FOUND",
    "No document has the id that the query names. Search with one that is stored.",
  );
}
