import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { isDocumentId, type Document } from "../documents/document";
import { isJobId, type Job } from "../ports/ledger";
import type { Context } from "./context";
import { COST, once } from "./cost/costs";
import { Node } from "./node.type";

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    complexity: once(COST.document),
    description: "The document or ingestion of this id; null where there is none.",
  })
  async node(
    @Arg("id", () => ID, { description: "Of a document or an ingestion." }) id: string,
    @Ctx() { lookups, ingestions, tenant }: Context,
  ): Promise<Document | Job | null> {
    if (isDocumentId(id)) return lookups.document(tenant, id);
    return isJobId(id) ? ingestions.get(tenant, id) : null;
  }
}
