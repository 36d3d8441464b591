import { useEffect, useRef, useState } from "react";
import { texts } from "../texts";

interface FollowUpFormProps {
  /** In a conversation under way the next question can be typed at once, where the focus is nowhere else. */
  readonly takesFocus: boolean;
  onAsk(question: string): void;
}

/** Where a question is written that follows an answer. */
export function FollowUpForm({ takesFocus, onAsk }: FollowUpFormProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus && document.activeElement === document.body) field.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const [words, setWords] = useState("");
  const question = words.trim();
  return (
    <form
      className="answer-follow-up"
      onSubmit={(event) => {
        event.preventDefault();
        if (question !== "") onAsk(question);
      }}
    >
      <input
        ref={field}
        type="text"
        aria-label={texts.answer.followUp}
        placeholder={texts.answer.followUp}
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="submit" disabled={question === ""}>
        {texts.answer.askFollowUp}
      </button>
    </form>
  );
}
