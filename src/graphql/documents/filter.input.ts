import { DateTimeResolver } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { Modality } from "../../documents/document";
import type { Scalar } from "../../documents/filter";
import { JSONScalar, ModalityEnum } from "../scalars";

@InputType({ description: "Documents by their ids." })
export class IdFilter {
  @Field(() => [ID], { nullable: true, description: "Any of these ids." })
  in?: string[];
}

@InputType({ description: "Documents by the client's own keys: exactly one of these." })
export class KeyFilter {
  @Field(() => [String], { nullable: true, description: "Any of these keys." })
  in?: string[];

  @Field(() => String, { nullable: true, description: "Keys that begin so." })
  startsWith?: string;
}

@InputType({ description: "A half-open range of time: from <= createdAt < before; at least one of the two." })
export class DateTimeFilter {
  @Field(() => DateTimeResolver, { nullable: true, description: "This moment or later." })
  from?: Date;

  @Field(() => DateTimeResolver, { nullable: true, description: "Earlier than this moment." })
  before?: Date;
}

@InputType({ description: "What a metadata value must be: exactly one of these. Values of another type never match." })
export class MetadataComparison {
  @Field(() => JSONScalar, { nullable: true, description: "This value, of this type." })
  equals?: Scalar;

  @Field(() => [JSONScalar], { nullable: true, description: "Any of these values." })
  in?: Scalar[];

  @Field(() => JSONScalar, { nullable: true, description: "Above this number, or after this string." })
  greaterThan?: Scalar;

  @Field(() => JSONScalar, { nullable: true, description: "Below this number, or before this string." })
  lessThan?: Scalar;

  @Field(() => String, { nullable: true, description: "A string that begins so." })
  startsWith?: string;

  @Field(() => JSONScalar, { nullable: true, description: "A list that holds this value." })
  contains?: Scalar;

  @Field(() => Boolean, { nullable: true, description: "Whether the key is there at all." })
  exists?: boolean;
}

@InputType({ description: "A condition on one top-level key of the metadata." })
export class MetadataFilter {
  @Field(() => String, { description: "The key." })
  key!: string;

  @Field(() => MetadataComparison, { description: "What its value must be." })
  is!: MetadataComparison;
}

@InputType({ description: "Typed filters, never expression strings: exactly one field each." })
export class DocumentFilter {
  @Field(() => [DocumentFilter], {
    nullable: true,
    description: "All of these hold; an empty list always does (and is refused in a deletion).",
  })
  all?: DocumentFilter[];

  @Field(() => [DocumentFilter], { nullable: true, description: "At least one of these holds." })
  any?: DocumentFilter[];

  @Field(() => DocumentFilter, { nullable: true, description: "This does not hold." })
  not?: DocumentFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => KeyFilter, { nullable: true, description: "By the client's own key." })
  key?: KeyFilter;

  @Field(() => ModalityEnum, { nullable: true, description: "Only texts, or only pictures." })
  modality?: Modality;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when it was first stored." })
  createdAt?: DateTimeFilter;

  @Field(() => MetadataFilter, { nullable: true, description: "By what the client stored along with it." })
  metadata?: MetadataFilter;
}
