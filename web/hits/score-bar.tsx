import type { CSSProperties } from "react";
import { texts } from "../texts";

/** A score as a bar, against the highest of the list. */
export function ScoreBar({ score, best }: { readonly score: number; readonly best: number }) {
  const share = best > 0 ? Math.max(0, score / best) : 0;
  return (
    <span className="score">
      <span className="score-bar" style={{ "--share": share.toFixed(3) } as CSSProperties} />
      <span className="score-value" aria-label={texts.hits.scoreLabel(texts.hits.score(score))} role="img">
        {texts.hits.score(score)}
      </span>
    </span>
  );
}
