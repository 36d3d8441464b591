import { DateTimeResolver } from "graphql-scalars";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { ItemState, JobState } from "../../ports/ledger";
import { PageInfo } from "../connection.type";
import { COST, costs } from "../cost/costs";
import { IngestResult } from "./ingest.type";
import { Node } from "../node.type";

export const IngestionState = {
  QUEUED: "queued",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  COMPLETED_WITH_FAILURES: "completedWithFailures",
  CANCELLED: "cancelled",
} as const satisfies Record<string, JobState>;
registerEnumType(IngestionState, {
  name: "IngestionState",
  description: "How far an ingestion is; the last three are final until it is taken up again.",
  valuesConfig: {
    QUEUED: { description: "No server works on it yet, or the one that did has stopped." },
    RUNNING: { description: "A server works on it." },
    SUCCEEDED: { description: "Every item is stored, or was stored already." },
    COMPLETED_WITH_FAILURES: { description: "Every item had its turn, and some failed." },
    CANCELLED: { description: "It was cancelled; what was stored by then stays." },
  },
});

export const IngestionItemState = {
  PENDING: "pending",
  INGESTED: "ingested",
  DUPLICATE: "duplicate",
  FAILED: "failed",
  CANCELLED: "cancelled",
} as const satisfies Record<string, ItemState>;
registerEnumType(IngestionItemState, {
  name: "IngestionItemState",
  description: "How far an item of an ingestion is.",
  valuesConfig: {
    PENDING: { description: "It waits for its turn, is being worked on, or waits for its next try." },
    INGESTED: { description: "It is stored." },
    DUPLICATE: { description: "Its content was stored already." },
    FAILED: { description: "It is not stored, and is not tried again unless you ask." },
    CANCELLED: { description: "The ingestion was cancelled before its turn." },
  },
});

@ObjectType({ description: "An item of an ingestion, and what became of it." })
export class IngestionItem {
  @Field(() => Int, { description: "Place of the item in the ingestion, from 0." })
  index!: number;

  @Field(() => String, { nullable: true, description: "Your own identifier, where you gave one." })
  key!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Line of the uploaded list that it begins on, from 1; null where it came otherwise.",
  })
  line!: number | null;

  @Field(() => IngestionItemState, { description: "How far it is." })
  state!: ItemState;

  @Field(() => Int, { description: "How often it was tried to the end." })
  attempts!: number;

  @Field(() => IngestResult, {
    nullable: true,
    description: "What became of it; of one that waits for its next try: how the last one failed. Null: nothing yet.",
  })
  outcome!: typeof IngestResult | null;
}

@ObjectType({ description: "An item and its cursor." })
export class IngestionItemEdge {
  @Field(() => String, { description: "Opaque; `after` takes it." })
  cursor!: string;

  @Field(() => IngestionItem, { description: "The item." })
  node!: IngestionItem;
}

@ObjectType({ description: "A page of items, in the order in which they were given." })
export class IngestionItemConnection {
  @Field(() => [IngestionItemEdge], { description: "Items with their cursors." })
  edges!: IngestionItemEdge[];

  @Field(() => [IngestionItem], { description: "The items alone." })
  nodes!: IngestionItem[];

  @Field(() => PageInfo, { description: "Where this page stands." })
  pageInfo!: PageInfo;
}

@ObjectType({ simpleResolvers: true, description: "A PDF of an ingestion whose pages are being stored." })
export class PdfInWork {
  @Field(() => Int, { description: "Place of the item in the ingestion, from 0." })
  index!: number;

  @Field(() => String, { nullable: true, description: "Your own identifier, where you gave one." })
  key!: string | null;

  @Field(() => String, { nullable: true, description: "The PDF's title, as the file says; null: it says none." })
  title!: string | null;

  @Field(() => Int, { description: "How many pages it has." })
  pages!: number;

  @Field(() => Int, { description: "How many of them had their turn: they are stored, or have no text." })
  pagesDone!: number;
}

/** More than a server has in work as a rule. */
const MOST_IN_WORK = 16;

// A job of the core is what this type resolves from.
@ObjectType({
  implements: Node,
  description: "Items that are stored in the background. It survives restarts of the server.",
})
export class Ingestion extends Node {
  @Field(() => String, { nullable: true, description: "Your own name for it, where you gave one." })
  requestId!: string | null;

  @Field(() => IngestionState, { description: "How far it is." })
  state!: JobState;

  @Field(() => Int, { description: "How many items it has." })
  total!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Items a second in the last ten seconds, of a PDF in work the share that is done; null unless a server works on it.",
  })
  itemsPerSecond!: number | null;

  @Field(() => DateTimeResolver, { description: "When it was started." })
  createdAt!: Date;

  @Field(() => DateTimeResolver, { nullable: true, description: "When its last item had its turn; null: not yet." })
  finishedAt!: Date | null;

  @Field(() => [PdfInWork], {
    complexity: costs(({ inner }) => MOST_IN_WORK * (COST.field + inner)),
    description: "The PDFs whose pages are being stored, and how far each is; until its last page an item is pending.",
  })
  pdfsInWork!: PdfInWork[];
}
