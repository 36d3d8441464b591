import { useQuery } from "urql";
import { faultOf } from "../client/fault";
import { AnswerModelDocument, type AnswerInput } from "../generated/operations";
import { Icon } from "../icon";
import { texts } from "../texts";
import { CitedText } from "./cited-text";
import { useAnswer, type AnswerControl } from "./use-answer";

/** An answer to the words of the search, where somebody wants one; nothing where the server writes none. */
export function AnswerBox({ input }: { readonly input: AnswerInput }) {
  // Searches ask for it along with their hits.
  const [{ data }] = useQuery({ query: AnswerModelDocument, requestPolicy: "cache-only" });
  if (!data?.answerModel) return null;
  return <Answered key={JSON.stringify(input)} input={input} model={data.answerModel} />;
}

function Answered({ input, model }: { readonly input: AnswerInput; readonly model: string }) {
  const answer = useAnswer(input);
  const { phase, text, sources, whole, error } = answer;
  return (
    <section className="answer" aria-label={texts.answer.label} aria-busy={phase === "writing"} data-phase={phase}>
      <Icon name="like" />
      <div className="answer-body" aria-live="polite">
        {phase === "idle" && <p className="answer-hint">{texts.answer.hint(model)}</p>}
        {phase === "writing" && text === "" && <p className="answer-hint">{texts.answer.reading(sources.length)}</p>}
        {text !== "" && <CitedText text={text} sources={sources} />}
        {whole && <Verdict answer={answer} model={model} />}
        {phase === "stopped" && <p className="answer-hint">{texts.answer.stopped}</p>}
        {error && (
          <p className="answer-fault" role="alert">
            {faultOf(error).message}
          </p>
        )}
      </div>
      <Button answer={answer} />
    </section>
  );
}

function Verdict({ answer: { whole }, model }: { readonly answer: AnswerControl; readonly model: string }) {
  const { status, isTruncated, citations, usage } = whole!;
  if (status !== "ANSWERED") return <p>{texts.answer.refused[status]}</p>;
  const notes = [
    citations.length === 0 && texts.answer.uncited,
    isTruncated && texts.answer.truncated,
    usage && texts.answer.usage(model, usage.inputTokens, usage.outputTokens),
  ].filter(Boolean);
  return <p className="answer-hint">{notes.join(" ")}</p>;
}

function Button({ answer: { phase, ask, stop } }: { readonly answer: AnswerControl }) {
  if (phase === "writing") {
    return (
      <button type="button" onClick={stop}>
        {texts.answer.stop}
      </button>
    );
  }
  return (
    <button type="button" onClick={ask}>
      {phase === "idle" ? texts.answer.ask : phase === "failed" ? texts.faults.again : texts.answer.again}
    </button>
  );
}
