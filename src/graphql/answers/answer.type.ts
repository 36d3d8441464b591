import { createUnionType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { AnswerStatus } from "../../answers/answer";
import { DocumentUnion } from "../documents/document.type";
import { SearchHitUnion } from "../search/hit.type";
import { Rerank } from "../search/rerank.type";

// Answers of the core are what these types resolve from; the classes only declare.

export const AnswerStatusEnum = {
  ANSWERED: "answered",
  NOTHING_RELEVANT: "nothingRelevant",
  NOT_IN_SOURCES: "notInSources",
} as const satisfies Record<string, AnswerStatus>;
registerEnumType(AnswerStatusEnum, {
  name: "AnswerStatus",
  description: "Whether a question was answered, and why not.",
  valuesConfig: {
    ANSWERED: { description: "The text answers it." },
    NOTHING_RELEVANT: { description: "Nothing was found that chance does not explain; the chat model was not asked." },
    NOT_IN_SOURCES: { description: "The chat model found no answer in what was found." },
  },
});

@ObjectType({ description: "What an answer took, as the chat model's server counts it." })
export class AnswerUsage {
  @Field(() => Int, { description: "Tokens that the model read." })
  inputTokens!: number;

  @Field(() => Int, { description: "Tokens that the model wrote." })
  outputTokens!: number;
}

@ObjectType({ simpleResolvers: true, description: "A sentence of an answer, and a document that it rests on." })
export class Citation {
  @Field(() => Int, { description: 'Place among `sources`, from 1; the text names it so: "[1]".' })
  source!: number;

  @Field(() => DocumentUnion, { description: "The source's document." })
  document!: typeof DocumentUnion;

  @Field(() => Int, { description: "Where the sentence begins in the answer's text, in UTF-16 code units." })
  start!: number;

  @Field(() => Int, { description: "Where it ends: before this one." })
  end!: number;

  @Field(() => String, { description: "The sentence, with the markers within it." })
  text!: string;
}

@ObjectType({ simpleResolvers: true, description: "What a chat model says to a question, from what is stored." })
export class Answer {
  @Field(() => AnswerStatusEnum, { description: "Whether it is one." })
  status!: AnswerStatus;

  @Field(() => String, {
    description: 'Plain text with markers, "[1]", that name `sources`; empty unless the status is ANSWERED.',
  })
  text!: string;

  @Field(() => Boolean, { description: "Whether there was more to say than an answer may be long." })
  isTruncated!: boolean;

  @Field(() => [Citation], { description: "What the text rests on, in its order; 100 at most." })
  citations!: Citation[];

  @Field(() => Int, { description: "Markers that named no source, and were taken out of the text." })
  droppedCitations!: number;

  @Field(() => [SearchHitUnion], { description: "What the chat model was given, best first." })
  sources!: (typeof SearchHitUnion)[];

  @Field(() => Rerank, { nullable: true, description: "What reranking the hits came to; null: it was not asked for." })
  rerank!: Rerank | null;

  @Field(() => AnswerUsage, { nullable: true, description: "Null: the model was not asked, or does not tell." })
  usage!: AnswerUsage | null;
}

@ObjectType({ simpleResolvers: true, description: "What the chat model was given; comes before the first word." })
export class AnswerSources {
  @Field(() => [SearchHitUnion], { description: 'Best first; the text names the first "[1]".' })
  sources!: (typeof SearchHitUnion)[];
}

@ObjectType({ description: "A piece of an answer's text." })
export class AnswerText {
  @Field(() => String, { description: "Goes on where the last piece ended." })
  text!: string;
}

export const AnswerEventUnion = createUnionType({
  name: "AnswerEvent",
  description:
    "How an answer comes about: its sources, pieces of its text, at last all of it, which holds where it differs.",
  types: () => [AnswerSources, AnswerText, Answer] as const,
  resolveType: (event) => {
    if ("citations" in event) return "Answer";
    return "sources" in event ? "AnswerSources" : "AnswerText";
  },
});
