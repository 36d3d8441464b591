import { useState } from "react";
import { Icon } from "../icon";
import type { SearchState } from "../place/search-state";
import { EMPTY_SEARCH, isAsking } from "../place/search-state";
import { takesPictures } from "../parts/takes-pictures";
import { texts } from "../texts";
import { ConditionChips } from "./condition-chips";
import { MoreOptions } from "./more-options";
import { RankingSwitch } from "./ranking-switch";
import { useSearch } from "./use-search";

interface FilterRowProps {
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
}

const SHOWN: readonly (readonly [SearchState["modality"], string])[] = [
  [null, texts.filters.both],
  ["TEXT", texts.filters.texts],
  ["IMAGE", texts.filters.images],
];

/** What narrows a search and how it is ranked. */
export function FilterRow({ comparing, onCompare }: FilterRowProps) {
  const { search } = useSearch();
  const [open, setOpen] = useState(false);
  // Rankings are ways to put both into one list; an address may still have chosen one.
  const ranksBoth = takesPictures || search.ranking !== EMPTY_SEARCH.ranking;
  return (
    <section className="filters" aria-label={texts.filters.label}>
      <div className="filter-row">
        {(takesPictures || search.modality !== null) && <ModalitySwitch />}
        {isAsking(search) && ranksBoth && <RankingSwitch comparing={comparing} onCompare={onCompare} />}
        <button type="button" className="pill" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="filter" />
          {texts.filters.more}
        </button>
      </div>
      <ConditionChips />
      {open && <MoreOptions />}
    </section>
  );
}

/** Whether texts, pictures or both are shown. */
function ModalitySwitch() {
  const { search, change } = useSearch();
  return (
    <fieldset className="segments">
      <legend className="unseen">{texts.filters.modality}</legend>
      {SHOWN.map(([modality, name]) => (
        <label key={name} className="segment">
          <input
            type="radio"
            name="modality"
            checked={search.modality === modality}
            onChange={() => change({ modality })}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
