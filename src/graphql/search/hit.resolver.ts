import { FieldResolver, Float, Resolver, Root } from "type-graphql";
import type { Scalar } from "../../documents/filter";
import type { SearchHit } from "../../search/search-hit";
import { JSONScalar } from "../scalars";
import { HitExplanation } from "./explanation.type";
import { RankedHit } from "./hit.type";

const isScalar = (value: unknown): value is Scalar => ["string", "number", "boolean"].includes(typeof value);

@Resolver(() => RankedHit)
export class HitResolver {
  @FieldResolver(() => Float)
  cosine(@Root() { cosine }: SearchHit): Promise<number> {
    return cosine();
  }

  @FieldResolver(() => Float)
  standing(@Root() { standing }: SearchHit): Promise<number> {
    return standing();
  }

  @FieldResolver(() => JSONScalar, { nullable: true })
  group(@Root() { group }: SearchHit): Scalar | null {
    return isScalar(group) ? group : null;
  }

  @FieldResolver(() => HitExplanation)
  explanation(@Root() { explain }: SearchHit): Promise<HitExplanation> {
    return explain() as unknown as Promise<HitExplanation>;
  }
}
