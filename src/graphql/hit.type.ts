import { createUnionType, Field, Float, Int, InterfaceType, ObjectType } from "type-graphql";
import type { SearchHit } from "../search/searcher";
import { ImageDocument, StoredDocument, TextDocument } from "./document.type";

const nameOf = ({ document }: Pick<SearchHit, "document">): string =>
  document.modality === "text" ? "TextHit" : "ImageHit";

@InterfaceType({ description: "What every hit has, whatever it is of.", resolveType: nameOf })
export abstract class RankedHit {
  @Field(() => Int, { description: "Place in the whole ranking, from 1." })
  rank!: number;

  @Field(() => Float, { description: "Comparable across modalities under the chosen ranking; higher is better." })
  score!: number;

  @Field(() => Float, {
    description:
      "Cosine similarity of query and document as the model gives it, -1 to 1; not comparable across modalities.",
  })
  cosine!: number;

  @Field(() => StoredDocument, { description: "What was found." })
  document!: StoredDocument;
}

@ObjectType({ implements: RankedHit, description: "A text that was found." })
export class TextHit extends RankedHit {
  @Field(() => TextDocument, { description: "The text that was found." })
  declare document: TextDocument;
}

@ObjectType({ implements: RankedHit, description: "A picture that was found." })
export class ImageHit extends RankedHit {
  @Field(() => ImageDocument, { description: "The picture that was found." })
  declare document: ImageDocument;
}

export const SearchHitUnion = createUnionType({
  name: "SearchHit",
  description: "One hit of a search.",
  types: () => [TextHit, ImageHit] as const,
  resolveType: (hit) => nameOf(hit as unknown as SearchHit),
});
