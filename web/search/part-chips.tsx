import { PartChip } from "./part-chip";
import { WeightControl } from "./weight-control";
import { useSearch } from "./use-search";
import { texts } from "../texts";

/** The parts that are combined, each with its weight; the words of the search bar are one of them. */
export function PartChips() {
  const { search, change } = useSearch();
  const { parts, words, wordsWeight } = search;
  const onlyAway = parts.every(({ weight }) => weight < 0) && (words.trim() === "" || wordsWeight < 0);
  return (
    <>
      <ul className="chips" aria-label={texts.query.parts}>
        {parts.map((part, at) => (
          <PartChip
            key={`${part.kind}:${part.value}`}
            part={part}
            onWeight={(weight) => change({ parts: parts.with(at, { ...part, weight }) }, true)}
            onRemove={() => change({ parts: parts.toSpliced(at, 1) })}
          />
        ))}
        {words.trim() !== "" && (
          <li className="chip" data-away={wordsWeight < 0 || undefined}>
            <span className="chip-name">{texts.query.wordsWeight}</span>
            <WeightControl
              name={texts.query.words}
              weight={wordsWeight}
              onWeight={(weight) => change({ wordsWeight: weight }, true)}
            />
          </li>
        )}
      </ul>
      {onlyAway && <p className="query-note">{texts.query.onlyAway}</p>}
    </>
  );
}
