import { Field, InputType } from "type-graphql";
import { WordSearchOptions } from "../search/search.input";

@InputType({ description: "What was asked before, and what was answered." })
export class AnswerTurn {
  @Field(() => String, { description: "The question." })
  question!: string;

  @Field(() => String, { description: "The answer as it was given; empty where there was none." })
  answer!: string;
}

@InputType({ description: "A question to what is stored, and where to look." })
export class AnswerInput extends WordSearchOptions {
  @Field(() => String, { description: "The question, in the model's language; 4,096 UTF-8 bytes at most." })
  question!: string;

  @Field(() => [AnswerTurn], {
    nullable: true,
    description: "What was said before, oldest first, for a question that follows it: 10 turns of 20,000 UTF-8 bytes.",
  })
  history?: AnswerTurn[];

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      "Look only at hits that are more similar than chance explains, and refuse where there is none; false: at the nearest, " +
      "whatever they are.",
  })
  declare relevantOnly: boolean;
}
