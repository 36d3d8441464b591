import type { SearchRequest } from "./search-request";

/** What a reranker is asked with: the texts that the query looks for, else its keywords; null: it has no words. */
export function rerankQuery({ parts, keywords }: Pick<SearchRequest, "parts" | "keywords">): string | null {
  const texts = parts.flatMap(({ content, weight }) => (content.kind === "text" && weight > 0 ? [content.text] : []));
  return texts.length > 0 ? texts.join("\n") : keywords;
}
