import { Icon } from "../icon";
import type { Condition } from "../place/search-state";
import { texts } from "../texts";
import { useSearch } from "./use-search";

/** The conditions on metadata that hold now, each to be taken away. */
export function ConditionChips() {
  const { search, change } = useSearch();
  const { conditions } = search;
  if (conditions.length === 0) return null;
  return (
    <ul className="chips conditions">
      {conditions.map((condition, at) => (
        <li key={nameOf(condition)} className="chip">
          <span className="chip-name">{nameOf(condition)}</span>
          <button
            type="button"
            className="quiet small"
            aria-label={texts.filters.remove(nameOf(condition))}
            onClick={() => change({ conditions: conditions.toSpliced(at, 1) })}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ key, comparison, value }: Condition): string =>
  `${key} ${texts.filters.comparisons[comparison]} ${comparison === "exists" ? "" : value}`.trim();
