import { Ctx, FieldResolver, Int, Resolver } from "type-graphql";
import type { Context } from "../context";
import { COST, once } from "../cost/costs";
import { Collection } from "./collection.type";

@Resolver(() => Collection)
export class TruncatedTextsResolver {
  @FieldResolver(() => Int, {
    complexity: once(COST.count),
    description:
      "How many texts are found by their beginning alone. Those that were stored without passages get them in the background, " +
      "and are found as before until then: this number tells how many are left.",
  })
  truncatedTexts(@Ctx() { store, tenant }: Context): Promise<number> {
    return store.count(tenant, { kind: "truncated" });
  }
}
