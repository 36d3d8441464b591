import { useState, type FormEvent } from "react";
import { COMPARISONS, type Comparison, type Condition } from "../place/search-state";
import { texts } from "../texts";

/** Makes a condition on a key of the metadata. */
export function ConditionForm({ onCondition }: { readonly onCondition: (condition: Condition) => void }) {
  const [key, setKey] = useState("");
  const [comparison, setComparison] = useState<Comparison>("equals");
  const [value, setValue] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCondition({ key: key.trim(), comparison, value: comparison === "exists" ? "" : value });
    setKey("");
    setValue("");
  };
  return (
    <form className="option-row" aria-label={texts.filters.addTitle} onSubmit={submit}>
      <input
        type="text"
        required
        pattern=".*\S.*"
        placeholder={texts.filters.key}
        aria-label={texts.filters.key}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <select
        aria-label={texts.filters.comparison}
        value={comparison}
        onChange={(event) => setComparison(event.target.value as Comparison)}
      >
        {COMPARISONS.map((one) => (
          <option key={one} value={one}>
            {texts.filters.comparisons[one]}
          </option>
        ))}
      </select>
      {comparison !== "exists" && (
        <input
          type="text"
          required
          placeholder={texts.filters.value}
          aria-label={texts.filters.value}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
      <button type="submit">{texts.filters.apply}</button>
    </form>
  );
}
