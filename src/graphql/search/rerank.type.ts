import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { RerankStatus } from "../../search/rerank";

export const RerankStatusEnum = {
  APPLIED: "applied",
  LATE: "late",
  FAILED: "failed",
  NOTHING_TO_READ: "nothing",
} as const satisfies Record<string, RerankStatus>;
registerEnumType(RerankStatusEnum, {
  name: "RerankStatus",
  description: "Whether the first hits are in the reranker's order, and why not.",
  valuesConfig: {
    APPLIED: { description: "They are." },
    LATE: { description: "The reranker took longer than a search waits for it: the first order stays." },
    FAILED: { description: "The reranker failed: the first order stays." },
    NOTHING_TO_READ: { description: "None of the first hits has words that it could read: the first order stays." },
  },
});

@ObjectType({ description: "What reranking came to, once for all pages of a search." })
export class Rerank {
  @Field(() => String, { description: "The reranker's model." })
  model!: string;

  @Field(() => RerankStatusEnum, { description: "Whether the first hits are in its order." })
  status!: RerankStatus;

  @Field(() => String, { nullable: true, description: "Why the first order stays; null: it does not." })
  reason!: string | null;

  @Field(() => Int, { description: "How many hits it read; the others keep their places." })
  read!: number;
}
