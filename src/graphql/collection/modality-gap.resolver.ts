import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { AppError } from "../../errors";
import type { Document } from "../../documents/document";
import type { GapPoint } from "../../search/modality-gap/modality-gap";
import { Collection } from "./collection.type";
import type { Context } from "../context";
import { costs, COST, counted, once } from "../cost/costs";
import { StoredDocument } from "../documents/document.type";
import { MAX_SAMPLE, ModalityGap, ProjectedDocument } from "./modality-gap.type";

const LEAST = 16;

@Resolver(() => Collection)
export class ModalityGapResolver {
  @FieldResolver(() => ModalityGap, {
    nullable: true,
    complexity: costs(({ args, inner }) => 2 * counted(args["sample"], MAX_SAMPLE) * COST.document + inner),
    description:
      "How far texts and pictures are apart: what makes their cosines incomparable, and what is left of that after " +
      "calibration. Null while either are fewer than 16.",
  })
  modalityGap(
    @Arg("sample", () => Int, {
      defaultValue: 500,
      description: "How many documents of each modality it is measured on, at most; 16 to 1,000.",
    })
    sample: number,
    @Ctx() { modalityGaps, tenant }: Context,
  ): Promise<ModalityGap | null> {
    if (sample < LEAST || sample > MAX_SAMPLE)
      throw wrong(`\`sample\` is ${sample}; it must be from ${LEAST} to ${MAX_SAMPLE}.`);
    return modalityGaps.measure(tenant, sample) as Promise<unknown> as Promise<ModalityGap | null>;
  }
}

@Resolver(() => ProjectedDocument)
export class ProjectedDocumentResolver {
  @FieldResolver(() => StoredDocument, {
    nullable: true,
    description: "The document; null: it was deleted since.",
    complexity: once(COST.document),
  })
  async document(@Root() root: ProjectedDocument, @Ctx() { lookups, tenant }: Context): Promise<Document | null> {
    const { id } = root as unknown as GapPoint;
    return lookups.document(tenant, id);
  }
}

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);
