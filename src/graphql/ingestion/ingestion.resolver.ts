import { DateTimeResolver } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { ErrorCode } from "../../errors";
import type { ItemOutcome, ItemState, Job, JobItem } from "../../ports/ledger";
import { checkFirst } from "../check-first";
import { connection } from "../connection";
import type { Context } from "../context";
import { COST, costs, each } from "../cost/costs";
import { readCursor } from "../cursor";
import { IngestFailureCode } from "./ingest.type";
import { IngestionInput } from "./ingestion.input";
import { Ingestion, IngestionItem, IngestionItemConnection, IngestionItemState } from "./ingestion.type";
import { imageItem, textItem } from "./read-items";

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
      const { texts, images } = args["input"] as IngestionInput;
      return ((texts?.length ?? 0) + (images?.length ?? 0)) * COST.queuedItem + inner;
    }),
  })
  startIngestion(
    @Arg("input", () => IngestionInput) { requestId, texts, images, uploadId }: IngestionInput,
    @Ctx() { ingestions, tenant }: Context,
  ): Promise<Job> {
    const items = [...(texts ?? []).map(textItem), ...(images ?? []).map(imageItem)];
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

  @FieldResolver(() => Int, { description: "Items that have not had their turn, or are to be tried again." })
  pending(@Root() { counts }: Job): number {
    return counts.pending;
  }

  @FieldResolver(() => Int, { description: "Items that are stored." })
  ingested(@Root() { counts }: Job): number {
    return counts.ingested;
  }

  @FieldResolver(() => Int, { description: "Items whose content was stored already." })
  duplicates(@Root() { counts }: Job): number {
    return counts.duplicate;
  }

  @FieldResolver(() => Int, { description: "Items that are not stored, for a reason that each one tells." })
  failed(@Root() { counts }: Job): number {
    return counts.failed;
  }

  @FieldResolver(() => Int, { description: "Items that a cancellation left out." })
  cancelled(@Root() { counts }: Job): number {
    return counts.cancelled;
  }

  @FieldResolver(() => Float, { nullable: true, description: "Estimated from the rate; null where there is none." })
  secondsLeft(@Root() { counts, itemsPerSecond }: Job): number | null {
    return itemsPerSecond ? counts.pending / itemsPerSecond : null;
  }

  @FieldResolver(() => [IngestionItem], {
    description: "The failures that came last, newest first.",
    complexity: each(COST.ledgerEntry, 100, COST.count),
  })
  async latestFailures(
    @Root() { id }: Job,
    @Arg("first", () => Int, { defaultValue: 5, description: "How many, at most; 1 to 100." }) first: number,
    @Ctx() { ingestions, turns }: Context,
  ): Promise<IngestionItem[]> {
    await turns.own();
    return (await ingestions.latestFailures(id, checkFirst(first, 100))).map(toItem);
  }

  @FieldResolver(() => IngestionItemConnection, {
    description: "Its items, and what became of each.",
    complexity: each(COST.ledgerEntry, ({ maxFirst }) => maxFirst, COST.count),
  })
  async items(
    @Root() { id }: Job,
    @Arg("first", () => Int, { defaultValue: 20, description: "How many, at most; 1 to 1,000." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "A cursor of the same items." })
    after: string | undefined,
    @Arg("states", () => [IngestionItemState], { nullable: true, description: "Only items in one of these states." })
    states: ItemState[] | undefined,
    @Arg("codes", () => [IngestFailureCode], { nullable: true, description: "Only failures with one of these codes." })
    codes: ErrorCode[] | undefined,
    @Ctx() { ingestions, limits, turns }: Context,
  ): Promise<IngestionItemConnection> {
    const query = [id, states ?? null, codes ?? null];
    const afterIndex = typeof after === "string" ? readCursor(query, after, isIndex) : null;
    const limit = checkFirst(first, limits.maxFirst) + 1;
    await turns.own();
    const found = await ingestions.items(id, { states: states ?? null, codes: codes ?? null, afterIndex, limit });
    return connection(query, {
      nodes: found.slice(0, first).map(toItem),
      positionOf: ({ index }) => index,
      hasNextPage: found.length > first,
      hasPreviousPage: afterIndex !== null,
    }) as unknown as IngestionItemConnection;
  }
}

const isIndex = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const toItem = (item: JobItem): IngestionItem => ({
  ...item,
  outcome: item.outcome && (toResult(item.outcome, item.index) as IngestionItem["outcome"]),
});

function toResult(outcome: ItemOutcome, index: number): object {
  if (outcome.state === "failed") return { __typename: "IngestFailure", index, ...outcome };
  return { __typename: outcome.state === "ingested" ? "Ingested" : "Duplicate", index, ...outcome };
}
