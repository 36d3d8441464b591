import { DateTimeResolver, JSONObjectResolver, URLResolver } from "graphql-scalars";
import { createUnionType, Field, Int, InterfaceType, ObjectType } from "type-graphql";
import type { Document, Metadata, Modality } from "../../documents/document";
import { Node } from "../node.type";
import { ModalityEnum } from "../scalars";

// Documents of the core are what these types resolve from; the classes only declare.
const nameOf = ({ modality }: { modality: Modality }): string =>
  modality === "text" ? "TextDocument" : "ImageDocument";

@InterfaceType({
  implements: Node,
  description: "What every stored document has: one `... on StoredDocument` reads it from a union.",
  resolveType: nameOf,
})
export abstract class StoredDocument extends Node {
  @Field(() => String, {
    nullable: true,
    description:
      "The client's own identifier, unique in its tenant; null where none was given (then the id comes from the content).",
  })
  key!: string | null;

  @Field(() => ModalityEnum, { description: "Whether it is a text or a picture." })
  modality!: Modality;

  @Field(() => JSONObjectResolver, { description: "What the client stored along with it; {} where nothing was." })
  metadata!: Metadata;

  @Field(() => DateTimeResolver, { description: "When it was first stored." })
  createdAt!: Date;
}

@ObjectType({ implements: StoredDocument, simpleResolvers: true, description: "A stored text." })
export class TextDocument extends StoredDocument {
  @Field(() => String, { description: "The whole text, also where the model saw only its beginning." })
  text!: string;

  @Field(() => Boolean, {
    description: "True when the model saw only the beginning; false where it saw all of it, at once or in passages.",
  })
  truncated!: boolean;
}

@ObjectType({ implements: StoredDocument, simpleResolvers: true, description: "A stored picture." })
export class ImageDocument extends StoredDocument {
  @Field(() => URLResolver, { nullable: true, description: "Where it was fetched from, if it was." })
  sourceUrl!: string | null;

  @Field(() => String, { nullable: true, description: "What the client said of it; stored, not searched by vector." })
  caption!: string | null;

  @Field(() => Int, { description: "Width in pixels, upright." })
  width!: number;

  @Field(() => Int, { description: "Height in pixels, upright." })
  height!: number;

  @Field(() => String, { description: "Media type of what `url` serves." })
  mediaType!: string;
}

export const DocumentUnion = createUnionType({
  name: "Document",
  description: "A stored document: a text or a picture.",
  types: () => [TextDocument, ImageDocument] as const,
  resolveType: (document) => nameOf(document as unknown as Document),
});
