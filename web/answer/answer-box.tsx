import { useState } from "react";
import { useQuery } from "urql";
import { AnswerModelDocument, type AnswerInput } from "../generated/operations";
import { Icon } from "../icon";
import { texts } from "../texts";
import { AnswerTurn } from "./answer-turn";
import { followUp } from "./follow-up";

/** An answer to the words of the search, where somebody wants one; nothing where the server writes none. */
export function AnswerBox({ input }: { readonly input: AnswerInput }) {
  // Searches ask for it along with their hits.
  const [{ data }] = useQuery({ query: AnswerModelDocument, requestPolicy: "cache-only" });
  if (!data?.answerModel) return null;
  return <Conversation key={JSON.stringify(input)} input={input} model={data.answerModel} />;
}

/** The question of the search and those that follow it, each asked with what was said before. */
function Conversation({ input, model }: { readonly input: AnswerInput; readonly model: string }) {
  const [inputs, setInputs] = useState([input]);
  return (
    <section className="answer" aria-label={texts.answer.label}>
      <Icon name="like" />
      <div className="answer-turns">
        {inputs.map((one, at) => (
          <AnswerTurn
            key={at}
            input={one}
            model={model}
            isFollowUp={at > 0}
            isLast={at === inputs.length - 1}
            onFollowUp={(question, answer) => setInputs([...inputs, followUp(one, question, answer)])}
          />
        ))}
      </div>
    </section>
  );
}
