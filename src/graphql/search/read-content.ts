import { AppError } from "../../errors";
import { isBlank } from "../../documents/normal-form";
import type { QueryContent as Content } from "../../search/search-request";
import type { Context } from "../context";
import { exactlyOne } from "../exactly-one";
import { readSource } from "../ingestion/read-items";
import type { ImageQuery, QueryContent } from "./search.input";

/** What one part of a query looks for; fetches and decodes pictures. */
export async function readContent(content: QueryContent, context: Context): Promise<Content> {
  exactlyOne("QueryContent", content);
  if (typeof content.text === "string") return textContent(content.text, context);
  if (content.image) return imageContent(content.image, context);
  return { kind: "document", id: content.documentId! };
}

export function textContent(text: string, { limits }: Context): Content {
  return { kind: "text", text: readWords(text, "query", limits.maxTextBytes) };
}

/** Words of a client. Throws INVALID_TEXT when there are none and TOO_LARGE when there are too many. */
export function readWords(text: string, what: "query" | "keywords", maxBytes: number): string {
  const are = what === "query" ? "The query is" : "The keywords are";
  const have = what === "query" ? "The query has" : "The keywords have";
  if (isBlank(text)) throw new AppError("INVALID_TEXT", `${are} empty. Say what to look for.`);
  if (Buffer.byteLength(text, "utf8") <= maxBytes) return text.toWellFormed();
  throw new AppError("TOO_LARGE", `${have} more than ${maxBytes} UTF-8 bytes. Shorten the text.`);
}

export async function imageContent(image: ImageQuery, { intake, tenant, place }: Context): Promise<Content> {
  const { documentId, ...source } = image;
  if (typeof documentId === "string") {
    exactlyOne("ImageQuery", image);
    return { kind: "document", id: documentId };
  }
  return { kind: "image", pixels: await intake.readQueryImage(tenant, readSource("ImageQuery", source), place) };
}
