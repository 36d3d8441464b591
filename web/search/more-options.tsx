import { useId, type ReactNode } from "react";
import { texts } from "../texts";
import { ConditionForm } from "./condition-form";
import { LaterInput } from "./later-input";
import { useSearch } from "./use-search";

/** The rarer wishes: metadata, keywords, variety, groups. */
export function MoreOptions() {
  const { search, change } = useSearch();
  return (
    <div className="more-options">
      <ConditionForm onCondition={(condition) => change({ conditions: [...search.conditions, condition] })} />
      <div className="option-row">
        <label className="check">
          <input
            type="checkbox"
            checked={search.relevantOnly}
            onChange={(event) => change({ relevantOnly: event.target.checked })}
          />
          <span title={texts.filters.relevantTitle}>{texts.filters.relevant}</span>
        </label>
        <Labelled name={texts.filters.keywords} hint={texts.filters.keywordsHint}>
          {(id) => <LaterInput id={id} value={search.keywords} onValue={(keywords) => change({ keywords })} />}
        </Labelled>
        <Labelled name={texts.filters.groupBy} hint={texts.filters.groupByHint}>
          {(id) => <LaterInput id={id} value={search.groupBy} onValue={(groupBy) => change({ groupBy })} />}
        </Labelled>
        <Labelled name={texts.filters.diversity}>
          {(id) => (
            <input
              id={id}
              type="range"
              min="0"
              max="1"
              step="0.1"
              value={search.diversity}
              onChange={(event) => change({ diversity: Number(event.target.value) }, true)}
            />
          )}
        </Labelled>
      </div>
    </div>
  );
}

interface LabelledProps {
  readonly name: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}

function Labelled({ name, hint, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} title={hint}>
        {name}
      </label>
      {children(id)}
    </div>
  );
}
