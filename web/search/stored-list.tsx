import { CardGrid } from "../hits/card-grid";
import { DocumentCard } from "../hits/document-card";
import { FaultNotice } from "../hits/fault-notice";
import { Notice } from "../hits/notice";
import { takesPictures } from "../parts/takes-pictures";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { toDocumentFilter } from "./to-input";
import { useSearch } from "./use-search";
import { useStored } from "./use-stored";

/** What is stored, where nothing is looked for; and queries to begin with. */
export function StoredList() {
  const { search } = useSearch();
  const { go } = usePlace();
  const where = toDocumentFilter(search);
  const { nodes, fetching, hasMore, error, loadMore, retry } = useStored(where);
  const isEmpty = nodes?.length === 0 && !fetching;
  return (
    <section className="results" aria-label={texts.hits.browse} aria-busy={fetching}>
      <Examples />
      <CardGrid loading={nodes === null && fetching} stale={false} hasMore={hasMore && !error} onMore={loadMore}>
        {nodes?.map((document) => (
          <DocumentCard key={document.id} document={document} />
        ))}
      </CardGrid>
      {isEmpty && where !== null && <Notice title={texts.empty.filtered} hint={texts.empty.noneHint} />}
      {isEmpty && where === null && (
        <Notice
          title={texts.empty.nothingStored}
          hint={takesPictures ? texts.empty.nothingStoredHint : texts.empty.noTextsStoredHint}
          action={takesPictures ? texts.empty.nothingStoredAction : texts.empty.noTextsStoredAction}
          onAction={() => go({ view: "add" })}
        />
      )}
      {error && <FaultNotice error={error} onAgain={retry} />}
    </section>
  );
}

function Examples() {
  const { change } = useSearch();
  return (
    <p className="status examples">
      {texts.empty.examples}
      {texts.empty.exampleQueries.map((words) => (
        <button key={words} type="button" className="link" onClick={() => change({ words })}>
          {words}
        </button>
      ))}
    </p>
  );
}
