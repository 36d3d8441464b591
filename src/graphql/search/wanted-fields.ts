import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";
import type { DocumentField } from "../../documents/sparse-document";

/** Fields of the schema, and what of a document they are made from; others take no more than every document has. */
const MADE_FROM: Readonly<Record<DocumentField | "passage" | "url" | "thumbnailUrl" | "pdfPage", DocumentField>> = {
  key: "key",
  createdAt: "createdAt",
  metadata: "metadata",
  pdfPage: "metadata",
  text: "text",
  passage: "text",
  truncated: "truncated",
  caption: "caption",
  sourceUrl: "sourceUrl",
  width: "width",
  height: "height",
  mediaType: "mediaType",
  url: "mediaType",
  thumbnailUrl: "mediaType",
};
const madeFrom = new Map<string, DocumentField>(Object.entries(MADE_FROM));

/** What a selection may need of documents, under whatever type or condition it says so. */
export function wantedFields({ fieldNodes, fragments }: GraphQLResolveInfo): DocumentField[] {
  const wanted = new Set<DocumentField>();
  const spread = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FRAGMENT_SPREAD) {
        const { value: name } = one.name;
        if (!spread.has(name)) walk(fragments[name]!.selectionSet);
        spread.add(name);
        continue;
      }
      const field = one.kind === Kind.FIELD ? madeFrom.get(one.name.value) : undefined;
      if (field !== undefined) wanted.add(field);
      if (one.selectionSet !== undefined) walk(one.selectionSet);
    }
  };
  for (const { selectionSet } of fieldNodes) if (selectionSet !== undefined) walk(selectionSet);
  return [...wanted];
}
