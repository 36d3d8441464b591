import type { Ranking } from "../generated/operations";
import { texts } from "../texts";
import { COMPARED, type Comparison } from "./use-comparison";
import type { Hit } from "./use-hits";
import { useSearch } from "./use-search";

interface RankingStripsProps {
  readonly shown: readonly Hit[] | null;
  readonly comparison: Comparison | null;
}

/** The first hits of two rankings as squares, so that one sees where the pictures are. */
export function RankingStrips({ shown, comparison }: RankingStripsProps) {
  const { search } = useSearch();
  return (
    <div className="strips">
      <Strip ranking={search.ranking} nodes={shown} />
      {comparison && <Strip ranking={comparison.ranking} nodes={comparison.nodes} />}
    </div>
  );
}

function Strip({ ranking, nodes }: { readonly ranking: Ranking; readonly nodes: readonly Hit[] | null }) {
  const first = nodes?.slice(0, COMPARED) ?? [];
  const images = first.filter(({ __typename }) => __typename === "ImageHit").length;
  return (
    <div className="strip">
      <span className="strip-name">{texts.ranking[ranking]}</span>
      <div
        className="strip-squares"
        role="img"
        aria-label={texts.ranking.strip(texts.ranking[ranking], first.length, images)}
      >
        {first.map(({ document, __typename }) => (
          <i key={document.id} data-modality={__typename === "ImageHit" ? "IMAGE" : "TEXT"} />
        ))}
      </div>
      <span className="strip-about">{texts.ranking.about[ranking]}</span>
    </div>
  );
}
