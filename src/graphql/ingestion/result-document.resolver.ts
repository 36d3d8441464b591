import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Document } from "../../documents/document";
import type { Context } from "../context";
import { COST, once } from "../cost/costs";
import { DocumentUnion } from "../documents/document.type";
import { Duplicate, Ingested } from "./ingest.type";

/** A result as resolvers hand it on: with its document where that is at hand. */
interface Result {
  readonly documentId: string;
  readonly document?: Document;
}

const documentOf = async ({ document, documentId }: Result, { lookups, tenant }: Context): Promise<Document | null> =>
  document ?? (await lookups.document(tenant, documentId));

@Resolver(() => Ingested)
export class IngestedResolver {
  @FieldResolver(() => DocumentUnion, {
    nullable: true,
    description: "What was stored; null: it was deleted since.",
    complexity: once(COST.document),
  })
  document(@Root() result: Result, @Ctx() context: Context): Promise<Document | null> {
    return documentOf(result, context);
  }
}

@Resolver(() => Duplicate)
export class DuplicateResolver {
  @FieldResolver(() => DocumentUnion, {
    nullable: true,
    description: "What it equals; null: it was deleted since.",
    complexity: once(COST.document),
  })
  document(@Root() result: Result, @Ctx() context: Context): Promise<Document | null> {
    return documentOf(result, context);
  }
}
