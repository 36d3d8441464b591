import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { showHit } from "./show-hit";

interface CitedTextProps {
  /** With markers, "[1]". */
  readonly text: string;
  /** Ids of the documents that markers name: "[1]" the first. */
  readonly sources: readonly string[];
}

const MARKER = /\s*\[(\d+)\]/;

/** An answer's words; its markers lead to their hits. */
export const CitedText = ({ text, sources }: CitedTextProps) => (
  <p className="answer-text">
    {text
      .split(MARKER)
      .map((piece, at) => (at % 2 === 0 ? piece : <Mark key={at} number={Number(piece)} sources={sources} />))}
  </p>
);

function Mark({ number, sources }: { readonly number: number; readonly sources: readonly string[] }) {
  const { go } = usePlace();
  const documentId = sources[number - 1];
  if (documentId === undefined) return null;
  return (
    <button
      type="button"
      className="answer-mark"
      aria-label={texts.answer.source(number)}
      title={texts.answer.source(number)}
      onClick={() => showHit(documentId) || go({ documentId })}
    >
      {number}
    </button>
  );
}
