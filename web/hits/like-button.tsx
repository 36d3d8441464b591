import { Icon } from "../icon";
import { EMPTY_SEARCH } from "../place/search-state";
import { useSearch } from "../search/use-search";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { nameOf, type CardDocument } from "./stored-document";

/** Searches for what is like a document; filters stay. */
export function LikeButton({
  document,
  showsName = false,
}: {
  readonly document: CardDocument;
  readonly showsName?: boolean;
}) {
  const { search } = useSearch();
  const { go } = usePlace();
  const { words, wordsWeight, keywords } = EMPTY_SEARCH;
  const part = { kind: "document", value: document.id, weight: 1 } as const;
  const look = () => {
    go({ view: "search", documentId: null, search: { ...search, words, wordsWeight, keywords, parts: [part] } });
    window.scrollTo({ top: 0 });
  };
  return (
    <button
      type="button"
      className={showsName ? "pill" : "quiet small"}
      aria-label={showsName ? undefined : texts.hits.likeOf(nameOf(document))}
      title={texts.hits.like}
      onClick={look}
    >
      <Icon name="like" />
      {showsName && texts.hits.like}
    </button>
  );
}
