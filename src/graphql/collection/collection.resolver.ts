import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { AppError } from "../../errors";
import { MODALITIES } from "../../documents/document";
import { Collection } from "./collection.type";
import type { Context } from "../context";
import { COST, once } from "../cost/costs";

@Resolver()
export class CollectionResolver {
  @Query(() => Collection, { description: "The collection that is served.", complexity: once(2 * COST.count) })
  collection(@Ctx() context: Context): Promise<Collection> {
    return describe(context);
  }

  @Mutation(() => Collection, {
    description: "Drops every document and starts empty; must name the collection.",
    complexity: once(COST.sweep),
  })
  async recreateCollection(
    @Arg("confirmName", () => String, { description: "The name that `collection` gives." }) confirmName: string,
    @Ctx() context: Context,
  ): Promise<Collection> {
    if (confirmName !== context.store.name) {
      throw new AppError(
        "CONFIRMATION_MISMATCH",
        "`confirmName` is not the collection's name, so nothing was dropped. Ask `collection { name }` for it.",
      );
    }
    await context.intake.clear(context.tenant);
    return describe(context);
  }
}

async function describe({ store, encoder, tenant, calibration }: Context): Promise<Collection> {
  const [texts, images] = await Promise.all([
    store.count(tenant, { kind: "modality", modality: "text" }),
    store.count(tenant, { kind: "modality", modality: "image" }),
  ]);
  const { model, dimension } = store.fingerprint;
  const { version, stored, set, shares } = calibration();
  const own = { texts: shares.text, images: shares.image };
  const made = { version, texts: stored.text, images: stored.image, set, shares: own };
  const modalities = MODALITIES.filter((one) => one === "text" || encoder.picture !== null);
  return { name: store.name, model, modalities, dimension, texts, images, calibration: made };
}
