import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Document } from "../../documents/document";
import { pdfPageOf } from "../../documents/pdf-page";
import type { Context } from "../context";
import { StoredDocument } from "./document.type";
import { PdfPage } from "./pdf-page.type";

@Resolver(() => StoredDocument)
export class PdfPageResolver {
  @FieldResolver(() => PdfPage, {
    nullable: true,
    description: "The page of a PDF that this is; null for what came otherwise.",
  })
  pdfPage(
    @Root() { tenant, metadata }: Pick<Document, "tenant" | "metadata">,
    @Ctx() { pageUrl }: Context,
  ): PdfPage | null {
    const page = pdfPageOf(metadata);
    return page && { title: page.title, page: page.page, pages: page.pages, url: pageUrl(tenant, page) };
  }
}
