import { Arg, Ctx, Query, Resolver, Root, Subscription } from "type-graphql";
import type { Answer as WholeAnswer } from "../../answers/answer";
import type { Context } from "../context";
import { answerCost } from "./answer-cost";
import { AnswerStream, type Told } from "./answer-stream";
import { AnswerInput } from "./answer.input";
import { Answer, AnswerEventUnion } from "./answer.type";
import { readAnswer } from "./read-answer";

const NEVER = new AbortController().signal;

@Resolver()
export class AnswerResolver {
  @Query(() => String, {
    nullable: true,
    description:
      "The chat model that writes answers; null: none is configured, and `answer` fails with ANSWERS_NOT_CONFIGURED.",
  })
  answerModel(@Ctx() { answers }: Context): string | null {
    return answers.modelName;
  }

  @Query(() => Answer, {
    description:
      "What a chat model says to a question, from texts and pictures that are found by it, with citations. Nothing relevant is a " +
      "status, not an error.",
    complexity: answerCost,
  })
  async answer(@Arg("input", () => AnswerInput) input: AnswerInput, @Ctx() context: Context): Promise<WholeAnswer> {
    const { answers, lookups, place } = context;
    const request = readAnswer(input, context);
    // It waits for a host, as mutations do, and not for other queries.
    place?.asMutation();
    for await (const event of answers.answer(request, lookups, place?.signal ?? NEVER)) {
      if (event.kind === "answer") return event.answer;
    }
    throw new TypeError("An answer came to no end");
  }

  @Subscription(() => AnswerEventUnion, {
    name: "answer",
    description: "The same as it comes about, until all of it is there.",
    subscribe: ({ args, context }) => subscribe(args["input"] as AnswerInput, context as Context) as never,
    complexity: answerCost,
  })
  answerEvents(@Arg("input", () => AnswerInput) _input: AnswerInput, @Root() told: Told): typeof AnswerEventUnion {
    if (told.kind === "failure") throw told.error;
    return (told.kind === "answer" ? told.answer : told) as unknown as typeof AnswerEventUnion;
  }
}

function subscribe(input: AnswerInput, context: Context): AnswerStream {
  const request = readAnswer(input, context);
  return new AnswerStream((signal) => context.answers.answer(request, context.lookups, signal));
}
