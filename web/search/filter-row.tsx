import { useState } from "react";
import { Icon } from "../icon";
import type { SearchState } from "../place/search-state";
import { isAsking } from "../place/search-state";
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
  const { search, change } = useSearch();
  const [open, setOpen] = useState(false);
  return (
    <section className="filters" aria-label={texts.filters.label}>
      <div className="filter-row">
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
        {isAsking(search) && <RankingSwitch comparing={comparing} onCompare={onCompare} />}
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
