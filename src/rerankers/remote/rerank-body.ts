import type { RerankContent } from "../../ports/reranker";

/**
 * A request as Jina and Cohere have it: https://api.jina.ai/openapi.json, https://docs.cohere.com/v1/reference/rerank. Pictures as
 * Jina takes them, in base64; texts are objects only beside these, since not every server takes such.
 */
export function rerankBody(model: string, query: string, documents: readonly RerankContent[]): string {
  const hasPictures = documents.some(({ kind }) => kind === "image");
  return JSON.stringify({
    model,
    query,
    documents: documents.map((one) => (hasPictures ? objectOf(one) : some((one as { text: string }).text))),
    top_n: documents.length,
    return_documents: false,
  });
}

const objectOf = (document: RerankContent): object =>
  document.kind === "text"
    ? { text: some(document.text) }
    : {
        image: Buffer.from(document.bytes.buffer, document.bytes.byteOffset, document.bytes.byteLength).toString(
          "base64",
        ),
      };

/** Texts without a character are refused. */
const some = (text: string): string => (text === "" ? " " : text);
