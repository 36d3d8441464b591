import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from "type-graphql";
import type { ErrorCode } from "../../errors";
import type { ItemOutcome, ItemState, Job, JobItem } from "../../ports/ledger";
import { checkFirst } from "../check-first";
import { connection } from "../connection";
import type { Context } from "../context";
import { COST, each } from "../cost/costs";
import { readCursor } from "../cursor";
import { IngestFailureCode } from "./ingest.type";
import { Ingestion, IngestionItem, IngestionItemConnection, IngestionItemState } from "./ingestion.type";

/** What an ingestion tells of itself. */
@Resolver(() => Ingestion)
export class IngestionFieldsResolver {
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
  secondsLeft(@Root() { counts, pdfsInWork, itemsPerSecond }: Job): number | null {
    if (!itemsPerSecond) return null;
    const done = pdfsInWork.reduce((sum, { pages, pagesDone }) => sum + pagesDone / pages, 0);
    return (counts.pending - done) / itemsPerSecond;
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
