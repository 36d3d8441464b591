import { useEffect, useState, type ClipboardEvent, type FormEvent } from "react";
import { Icon } from "../icon";
import { EMPTY_SEARCH, isAsking, type Part, type SearchState } from "../place/search-state";
import { texts } from "../texts";
import { PartChips } from "./part-chips";
import { PicturePicker } from "./picture-picker";
import { useSearch } from "./use-search";
import { useSearchField } from "./use-search-field";
import type { TakePictures } from "./use-take-pictures";

const TYPING_PAUSE_MS = 250;
const ADDRESS = /^https?:\/\/\S+$/;

/** The query: words that search as they are typed, pictures, and the parts that are combined with them. */
export function QueryBar({ pictures }: { readonly pictures: TakePictures }) {
  const { search } = useSearch();
  const isAddress = (words: string) => pictures.possible && ADDRESS.test(words);
  const { words, setTyped, commit } = useTypedWords(isAddress);
  const field = useSearchField();
  const add = (part: Omit<Part, "weight">, weight = 1) =>
    commit({ words: "", parts: [...search.parts, { ...part, weight }] });
  const combine = () => {
    const value = words.trim();
    if (value !== "") add({ kind: isAddress(value) ? "url" : "text", value }, search.wordsWeight);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAddress(words.trim())) combine();
    else if (words !== search.words) commit({ words });
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text").trim();
    if (words !== "" || !isAddress(pasted)) return;
    event.preventDefault();
    add({ kind: "url", value: pasted });
  };
  const composed = search.parts.length > 0;
  const placeholder = pictures.possible ? texts.query.placeholder : texts.query.placeholderOfTexts;
  return (
    <search className="query">
      <form className="query-bar" onSubmit={submit}>
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          className="query-words"
          aria-label={texts.query.label}
          placeholder={composed ? texts.query.more : placeholder}
          autoComplete="off"
          enterKeyHint="search"
          value={words}
          onChange={(event) => setTyped(event.target.value)}
          onPaste={paste}
        />
        {words.trim() !== "" && (
          <button type="button" className="quiet" title={texts.query.combine} onClick={combine}>
            <Icon name="plus" />
            <span className="wide-only">{texts.query.combineShort}</span>
          </button>
        )}
        {(isAsking(search) || words !== "") && (
          <button
            type="button"
            className="quiet"
            aria-label={texts.query.clear}
            title={texts.query.clear}
            onClick={() => commit({ ...EMPTY_SEARCH, ranking: search.ranking })}
          >
            <Icon name="close" />
          </button>
        )}
        {pictures.possible && <PicturePicker onPictures={pictures.take} />}
      </form>
      {composed && <PartChips />}
      <p className="query-note" role="status">
        {pictures.problem ?? (pictures.taking ? texts.query.taking : "")}
      </p>
    </search>
  );
}

/** The words as they are typed: the search follows when typing pauses. An address of a picture waits for Enter. */
function useTypedWords(isAddress: (words: string) => boolean) {
  const { search, change } = useSearch();
  const [typed, setTyped] = useState<string | null>(null);
  const words = typed ?? search.words;
  const isWaiting = typed !== null && !isAddress(typed.trim());
  const commit = (more: Partial<SearchState>, replaces = false) => {
    change(more, replaces);
    setTyped(null);
  };
  useEffect(() => {
    if (!isWaiting) return;
    // The first letters begin a search that "back" leaves; the next ones go on with it.
    const timer = setTimeout(() => commit({ words }, search.words !== ""), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return { words, setTyped, commit };
}
