import { DateTimeResolver } from "graphql-scalars";
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { Job } from "../../ports/ledger";
import { checkFirst } from "../check-first";
import type { Context } from "../context";
import { COST, costs, each } from "../cost/costs";
import { IngestionInput } from "./ingestion.input";
import { Ingestion } from "./ingestion.type";
import { imageItem, pdfItem, textItem } from "./read-items";

const ID_DESCRIPTION = "The id that `startIngestion` gave.";

@Resolver(() => Ingestion)
export class IngestionResolver {
  @Query(() => Ingestion, { nullable: true, description: "The ingestion of this id; null where there is none." })
  async ingestion(
    @Arg("id", () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { ingestions, tenant, turns }: Context,
  ): Promise<Job | null> {
    await turns.own();
    return ingestions.get(tenant, id);
  }

  @Query(() => Ingestion, { nullable: true, description: "The ingestion that you named so; null where there is none." })
  async ingestionByRequestId(
    @Arg("requestId", () => String) requestId: string,
    @Ctx() { ingestions, tenant, turns }: Context,
  ): Promise<Job | null> {
    await turns.own();
    return ingestions.getByRequestId(tenant, requestId);
  }

  @Query(() => [Ingestion], { description: "Ingestions, newest first.", complexity: each(COST.ledgerEntry, 100) })
  async ingestions(
    @Arg("first", () => Int, { defaultValue: 20, description: "How many, at most; 1 to 100." }) first: number,
    @Arg("before", () => DateTimeResolver, { nullable: true, description: "Only those started before then." })
    before: Date | undefined,
    @Ctx() { ingestions, tenant, turns }: Context,
  ): Promise<Job[]> {
    const most = checkFirst(first, 100);
    await turns.own();
    return ingestions.list(tenant, before ?? null, most);
  }

  @Mutation(() => Ingestion, {
    description: "Stores many items in the background; returns once they are written down, so that no crash loses one.",
    complexity: costs(({ args, inner }) => {
      const { texts = [], images = [], pdfs = [] } = args["input"] as IngestionInput;
      return (texts.length + images.length + pdfs.length) * COST.queuedItem + inner;
    }),
  })
  startIngestion(
    @Arg("input", () => IngestionInput) { requestId, texts = [], images = [], pdfs = [], uploadId }: IngestionInput,
    @Ctx() { ingestions, tenant }: Context,
  ): Promise<Job> {
    const items = [...texts.map(textItem), ...images.map(imageItem), ...pdfs.map(pdfItem)];
    return ingestions.start(tenant, { requestId: requestId ?? null, items, uploadId: uploadId ?? null });
  }

  @Mutation(() => Ingestion, { description: "Begins on no more items; those in work come to their end." })
  cancelIngestion(
    @Arg("id", () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { ingestions, tenant }: Context,
  ): Promise<Job> {
    return ingestions.cancel(tenant, id);
  }

  @Mutation(() => Ingestion, { description: "Takes up the items that a cancellation left out." })
  resumeIngestion(
    @Arg("id", () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { ingestions, tenant }: Context,
  ): Promise<Job> {
    return ingestions.resume(tenant, id);
  }

  @Mutation(() => Ingestion, { description: "Tries items again that failed." })
  retryIngestion(
    @Arg("id", () => ID, { description: ID_DESCRIPTION }) id: string,
    @Arg("onlyRetryable", () => Boolean, {
      defaultValue: true,
      description: "Only those that may succeed now; false: all that failed.",
    })
    onlyRetryable: boolean,
    @Ctx() { ingestions, tenant }: Context,
  ): Promise<Job> {
    return ingestions.retry(tenant, id, onlyRetryable);
  }

  @Subscription(() => Ingestion, {
    description:
      "The ingestion as it is now, then whenever it has changed, a few times a second at most, until it is over.",
    subscribe: ({ args, context }) =>
      (context as Context).ingestions.watch(
        (context as Context).tenant,
        String(args["id"]),
      ) as unknown as AsyncIterable<never>,
  })
  ingestionProgress(@Arg("id", () => ID, { description: ID_DESCRIPTION }) _id: string, @Root() job: Job): Job {
    return job;
  }
}
