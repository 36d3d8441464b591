import { FieldResolver, Resolver, Root } from "type-graphql";
import { given } from "../../documents/sparse-document";
import type { SearchHit } from "../../search/search-hit";
import { TextHit, TextPassage } from "./hit.type";

@Resolver(() => TextHit)
export class TextHitResolver {
  @FieldResolver(() => TextPassage, { nullable: true })
  passage(@Root() { document, passage }: SearchHit): TextPassage | null {
    if (passage === null || document.modality !== "text") return null;
    const { start, end } = passage;
    return { text: given(document.text).slice(start, end), start, end };
  }
}
