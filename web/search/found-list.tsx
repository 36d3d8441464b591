import { faultOf } from "../client/fault";
import { HitCard } from "../hits/hit-card";
import { CardGrid } from "../hits/card-grid";
import { Notice } from "../hits/notice";
import { texts } from "../texts";
import { RankingStrips } from "./ranking-strips";
import { toInput } from "./to-input";
import { useComparison } from "./use-comparison";
import { useHits } from "./use-hits";
import { useSearch } from "./use-search";

interface FoundListProps {
  readonly comparing: boolean;
  readonly onRenew: () => void;
}

/** What a query finds, best first; and how another ranking would have put it. */
export function FoundList({ comparing, onRenew }: FoundListProps) {
  const { search } = useSearch();
  const input = toInput(search);
  const hits = useHits(input);
  const comparison = useComparison(comparing ? input : null);
  const { nodes } = hits;
  const fault = hits.error && faultOf(hits.error);
  const isExpired = fault?.code === "CURSOR_EXPIRED" || fault?.code === "INVALID_CURSOR";
  const best = nodes?.reduce((top, { score }) => Math.max(top, score), 0) ?? 0;
  return (
    <section className="results found" aria-label={texts.hits.label} aria-busy={hits.fetching}>
      <p className="status" role="status">
        {nodes && texts.hits.shown(nodes.length, hits.tookMs)}
        {!nodes && hits.fetching && texts.hits.loading}
      </p>
      {comparing && <RankingStrips shown={nodes} comparison={comparison} />}
      {input !== null && (
        <CardGrid
          loading={nodes === null && hits.fetching}
          stale={hits.fetching}
          hasMore={hits.hasMore && !fault}
          onMore={hits.loadMore}
        >
          {nodes?.map((hit) => (
            <HitCard key={hit.document.id} hit={hit} best={best} comparison={comparison} />
          ))}
        </CardGrid>
      )}
      {nodes?.length === 0 && !hits.fetching && <Notice title={texts.empty.none} hint={texts.empty.noneHint} />}
      {fault && isExpired && <Notice title={texts.faults.expired} action={texts.faults.renew} onAction={onRenew} />}
      {fault && !isExpired && (
        <Notice
          isFault
          title={texts.faults.title}
          hint={fault.message}
          action={texts.faults.again}
          onAction={hits.retry}
        />
      )}
    </section>
  );
}
