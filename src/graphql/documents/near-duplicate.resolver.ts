import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from "type-graphql";
import { AppError } from "../../errors";
import type { SparseDocument } from "../../documents/sparse-document";
import { nearDuplicates } from "../../search/near-duplicates";
import { checkFirst } from "../check-first";
import type { Context } from "../context";
import { COST, each } from "../cost/costs";
import { StoredDocument } from "./document.type";
import { NearDuplicate } from "./near-duplicate.type";

const MOST = 100;

@Resolver(() => StoredDocument)
export class NearDuplicateResolver {
  @FieldResolver(() => [NearDuplicate], {
    complexity: each(COST.document, MOST, COST.search),
    description: "Other documents of the same modality whose embedding is nearly this one's, most alike first.",
  })
  nearDuplicates(
    @Root() document: SparseDocument,
    @Arg("minCosine", () => Float, { defaultValue: 0.95, description: "How alike they must be; 0 to 1." })
    minCosine: number,
    @Arg("first", () => Int, { defaultValue: 10, description: "How many, at most; 1 to 100." }) first: number,
    @Ctx() { lookups }: Context,
  ): Promise<NearDuplicate[]> {
    checkFirst(first, MOST);
    if (!(minCosine >= 0 && minCosine <= 1)) throw wrong(`\`minCosine\` is ${minCosine}; it must be from 0 to 1.`);
    return nearDuplicates(document, { minCosine, first }, lookups) as Promise<unknown[]> as Promise<NearDuplicate[]>;
  }
}

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);
