import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AppError } from "../errors";
import type { ImageItem } from "../search/intake";
import type { Context } from "./context";
import { ImageInput, TextInput } from "./ingest.input";
import { ingestPayload, IngestPayload } from "./ingest.type";
import { readImageSource } from "./read-image-source";

@Resolver()
export class IngestResolver {
  @Mutation(() => IngestPayload, {
    description: "Stores texts, at most 100 a call; each item succeeds or fails by itself.",
  })
  async ingestTexts(
    @Arg("input", () => [TextInput]) input: TextInput[],
    @Ctx() { intake, limits, tenant }: Context,
  ): Promise<IngestPayload> {
    checkCount(input.length, limits.maxItemsPerCall);
    const items = input.map(({ key, text, metadata }) => ({ key: key ?? null, text, metadata }));
    return ingestPayload(await intake.ingestTexts(tenant, items));
  }

  @Mutation(() => IngestPayload, {
    description: "Stores pictures, at most 100 a call; each item succeeds or fails by itself.",
  })
  async ingestImages(
    @Arg("input", () => [ImageInput]) input: ImageInput[],
    @Ctx() { intake, limits, tenant }: Context,
  ): Promise<IngestPayload> {
    checkCount(input.length, limits.maxItemsPerCall);
    return ingestPayload(await intake.ingestImages(tenant, input.map(imageItem)));
  }
}

const imageItem = ({ key, image, caption, metadata }: ImageInput): ImageItem => ({
  key: key ?? null,
  source: readImageSource("ImageSource", image),
  caption: caption ?? null,
  metadata,
});

function checkCount(items: number, maxItems: number): void {
  if (items <= maxItems) return;
  throw new AppError(
    "TOO_MANY_ITEMS",
    `The call has ${items} items; one call takes at most ${maxItems}. Send several calls.`,
  );
}
