import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AppError } from "../../errors";
import type { Context } from "../context";
import { COST, countedItems, costs, type ComplexityEstimator } from "../cost/costs";
import { ImageInput, TextInput } from "./ingest.input";
import { ingestPayload, IngestPayload } from "./ingest.type";
import { imageItem, textItem } from "./read-items";

@Resolver()
export class IngestResolver {
  @Mutation(() => IngestPayload, {
    description: "Stores texts, at most 100 a call; each item succeeds or fails by itself.",
    complexity: ofTexts(),
  })
  async ingestTexts(
    @Arg("input", () => [TextInput]) input: TextInput[],
    @Ctx() { intake, limits, tenant }: Context,
  ): Promise<IngestPayload> {
    checkCount(input.length, limits.maxItemsPerCall);
    return ingestPayload(await intake.ingest(tenant, input.map(textItem)));
  }

  @Mutation(() => IngestPayload, {
    description: "Stores pictures, at most 100 a call; each item succeeds or fails by itself.",
    complexity: ofItems(COST.picture),
  })
  async ingestImages(
    @Arg("input", () => [ImageInput]) input: ImageInput[],
    @Ctx() { intake, limits, tenant }: Context,
  ): Promise<IngestPayload> {
    checkCount(input.length, limits.maxItemsPerCall);
    return ingestPayload(await intake.ingest(tenant, input.map(imageItem)));
  }
}

/** About what a passage has of a text. */
const CHARACTERS_A_PASSAGE = 100;

/** By their lengths, as passages go through the model; a text that is too long to be stored is refused alone, and never gets there. */
function ofTexts(): ComplexityEstimator {
  return costs(({ args, inner, limits: { maxItemsPerCall, maxTextBytes } }) => {
    const passages = ({ text }: TextInput) =>
      Buffer.byteLength(text) > maxTextBytes ? 0 : Math.floor(text.length / CHARACTERS_A_PASSAGE);
    const texts = (args["input"] as TextInput[]).slice(0, maxItemsPerCall);
    return texts.reduce((sum, one) => sum + COST.ingestedText + COST.ingestedPassage * passages(one) + inner, 0);
  });
}

function ofItems(own: number): ComplexityEstimator {
  return costs(({ args, inner, limits }) => countedItems(args["input"], limits.maxItemsPerCall) * (own + inner));
}

function checkCount(items: number, maxItems: number): void {
  if (items <= maxItems) return;
  throw new AppError(
    "TOO_MANY_ITEMS",
    `The call has ${items} items; one call takes at most ${maxItems}. Send several calls.`,
  );
}
