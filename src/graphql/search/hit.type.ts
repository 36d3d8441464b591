import { createUnionType, Field, Float, Int, InterfaceType, ObjectType } from "type-graphql";
import type { Scalar } from "../../documents/filter";
import type { SearchHit } from "../../search/search-hit";
import { ImageDocument, StoredDocument, TextDocument } from "../documents/document.type";
import { JSONScalar } from "../scalars";
import { HitExplanation } from "./explanation.type";

const nameOf = ({ document }: Pick<SearchHit, "document">): string =>
  document.modality === "text" ? "TextHit" : "ImageHit";

@InterfaceType({ description: "What every hit has, whatever it is of.", resolveType: nameOf })
export abstract class RankedHit {
  @Field(() => Int, { description: "Place in the whole ranking, from 1." })
  rank!: number;

  @Field(() => Float, {
    description:
      "Comparable across modalities under the chosen ranking; higher is better. CALIBRATED: 0 is as near as documents are " +
      "in general, 1 as near as the nearest fiftieth of them.",
  })
  score!: number;

  @Field(() => Float, {
    description:
      "Cosine similarity of query and document as the model gives it, -1 to 1; not comparable across modalities.",
  })
  cosine!: number;

  @Field(() => Float, {
    description:
      "How unusual this similarity is, 0 to 1, whatever the ranking: the share of documents of this modality with nothing " +
      "to do with the query that are less similar.",
  })
  standing!: number;

  @Field(() => JSONScalar, {
    nullable: true,
    description:
      "The value that it was grouped by; null without `groupBy`, without such a key, and for lists and objects.",
  })
  group!: Scalar | null;

  @Field(() => StoredDocument, { description: "What was found." })
  document!: StoredDocument;

  @Field(() => HitExplanation, { description: "How its score came about." })
  explanation!: HitExplanation;
}

@ObjectType({ simpleResolvers: true, description: "The piece of a long text that a hit was found by." })
export class TextPassage {
  @Field(() => String, { description: "The words of the passage." })
  text!: string;

  @Field(() => Int, { description: "Where it begins in the document's text, in UTF-16 units, as JavaScript counts." })
  start!: number;

  @Field(() => Int, { description: "Where it ends: `text.slice(start, end)`." })
  end!: number;
}

@ObjectType({ implements: RankedHit, simpleResolvers: true, description: "A text that was found." })
export class TextHit extends RankedHit {
  @Field(() => TextDocument, { description: "The text that was found." })
  declare document: TextDocument;

  @Field(() => TextPassage, {
    nullable: true,
    description:
      "The passage of a long text that answers best; the hit's score is this passage's. Null where the model saw the whole text " +
      "at once, and where keywords alone found it.",
  })
  passage!: TextPassage | null;
}

@ObjectType({ implements: RankedHit, simpleResolvers: true, description: "A picture that was found." })
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
