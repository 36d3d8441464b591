import { useState } from "react";
import { AnswerBox } from "../answer/answer-box";
import { toQuestion } from "../answer/to-question";
import { isAsking } from "../place/search-state";
import { FilterRow } from "./filter-row";
import { FoundList } from "./found-list";
import { FileDrop } from "../file-drop";
import { texts } from "../texts";
import { QueryBar } from "./query-bar";
import { StoredList } from "./stored-list";
import { useSearch } from "./use-search";
import { useTakePictures } from "./use-take-pictures";

/** Search: the query, what narrows it, an answer to its words, and what is found; without a query, what is stored. */
export function SearchPage({ onRenew }: { readonly onRenew: () => void }) {
  const { search } = useSearch();
  const [comparing, setComparing] = useState(false);
  const pictures = useTakePictures();
  const question = toQuestion(search);
  return (
    <>
      <div className="search-head">
        <QueryBar pictures={pictures} />
        <FilterRow comparing={comparing} onCompare={setComparing} />
      </div>
      {question && <AnswerBox input={question} />}
      {isAsking(search) ? <FoundList comparing={comparing} onRenew={onRenew} /> : <StoredList />}
      <FileDrop onFiles={pictures.take} hint={pictures.possible ? texts.query.drop : texts.query.textsOnly} />
    </>
  );
}
