import { useEffect } from "react";
import { faultOf } from "../client/fault";
import type { AnswerInput } from "../generated/operations";
import { texts } from "../texts";
import { CitedText } from "./cited-text";
import { FollowUpForm } from "./follow-up-form";
import { useAnswer, type AnswerControl } from "./use-answer";

interface AnswerTurnProps {
  readonly input: AnswerInput;
  readonly model: string;
  /** It is asked at once, since somebody has written it here. */
  readonly isFollowUp: boolean;
  /** Only the last turn can be asked again or followed. */
  readonly isLast: boolean;
  onFollowUp(question: string, answer: string): void;
}

/** One question and its answer. */
export function AnswerTurn({ input, model, isFollowUp, isLast, onFollowUp }: AnswerTurnProps) {
  const answer = useAnswer(input);
  const { phase, text, sources, whole, error, ask } = answer;
  useEffect(() => {
    if (isFollowUp) ask();
  }, [isFollowUp, ask]);
  const canBeFollowed = isLast && whole !== null;
  return (
    <div className="answer-turn" aria-busy={phase === "writing"} data-phase={phase}>
      <div className="answer-body">
        {isFollowUp && <p className="answer-question">{input.question}</p>}
        <div aria-live="polite">
          {phase === "idle" && !isFollowUp && <p className="answer-hint">{texts.answer.hint(model)}</p>}
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
        {canBeFollowed && (
          <FollowUpForm takesFocus={isFollowUp} onAsk={(question) => onFollowUp(question, whole.text)} />
        )}
      </div>
      {isLast && <Button answer={answer} />}
    </div>
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
