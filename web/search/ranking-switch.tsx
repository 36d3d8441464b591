import type { Ranking } from "../generated/operations";
import { Icon } from "../icon";
import { texts } from "../texts";
import { useSearch } from "./use-search";

interface RankingSwitchProps {
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
}

const RANKINGS: readonly Ranking[] = ["CALIBRATED", "COSINE", "RRF", "INTERLEAVED"];

/** How texts and pictures get into one list, and whether to see what another way would change. */
export function RankingSwitch({ comparing, onCompare }: RankingSwitchProps) {
  const { search, change } = useSearch();
  return (
    <>
      <select
        className="pill"
        aria-label={texts.ranking.label}
        title={texts.ranking.about[search.ranking]}
        value={search.ranking}
        onChange={(event) => change({ ranking: event.target.value as Ranking })}
      >
        {RANKINGS.map((ranking) => (
          <option key={ranking} value={ranking}>
            {texts.ranking[ranking]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="pill"
        aria-pressed={comparing}
        title={texts.ranking.compareTitle}
        onClick={() => onCompare(!comparing)}
      >
        <Icon name="compare" />
        {texts.ranking.compare}
      </button>
    </>
  );
}
