import { Icon } from "../icon";
import { usePlace } from "../place/use-place";
import { COMPARED, type Comparison } from "../search/use-comparison";
import type { Hit } from "../search/use-hits";
import { texts } from "../texts";
import { Card } from "./card";
import { LikeButton } from "./like-button";
import { ModalityMark } from "./modality-mark";
import { ScoreBar } from "./score-bar";
import { isImage, nameOf } from "./stored-document";

interface HitCardProps {
  readonly hit: Hit;
  /** The highest score of the list. */
  readonly best: number;
  readonly comparison: Comparison | null;
}

/** A hit in the grid: its rank and score, and where another ranking would have put it. */
export function HitCard({ hit, best, comparison }: HitCardProps) {
  const { go } = usePlace();
  const { document, rank, score, group } = hit;
  const name = nameOf(document);
  const note = comparison ? moved(hit, comparison) : (group ?? (isImage(document) ? document.caption : ""));
  const passage = hit.__typename === "TextHit" ? hit.passage?.text : undefined;
  return (
    <Card document={document} passage={passage}>
      <ScoreBar score={score} best={best} />
      <span className="rank" aria-label={texts.hits.rank(rank)}>
        {rank}
      </span>
      <ModalityMark document={document} />
      <span className="card-caption" data-moved={comparison ? true : undefined} title={String(note ?? "")}>
        {note}
      </span>
      <button
        type="button"
        className="quiet small"
        aria-label={texts.hits.whyOf(name)}
        title={texts.hits.why}
        onClick={() => go({ documentId: document.id })}
      >
        <Icon name="why" />
      </button>
      <LikeButton document={document} />
    </Card>
  );
}

function moved({ document, rank: here }: Hit, { ranking, nodes, rankOf }: Comparison): string {
  if (nodes === null) return "";
  const rank = rankOf(document.id);
  const name = texts.ranking.short[ranking];
  return rank === null ? texts.ranking.beyond(name, COMPARED) : texts.ranking.moved(name, rank - here, rank);
}
