import { useLayoutEffect, useRef } from "react";
import { useQuery } from "urql";
import { DocumentDocument } from "../generated/operations";
import { Icon } from "../icon";
import { isAsking } from "../place/search-state";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { Explanation } from "./explanation";
import { Facts } from "./facts";
import { LikeButton } from "./like-button";
import { FaultNotice } from "./fault-notice";
import { Notice } from "./notice";
import type { OpenDocument } from "./open-document";
import { isImage, nameOf } from "./stored-document";

/** A document, whole, above the page; where a search found it, also why. */
export function DocumentDialog({ id }: { readonly id: string }) {
  const { place, go } = usePlace();
  const dialog = useRef<HTMLDialogElement>(null);
  const [{ data, error }] = useQuery({ query: DocumentDocument, variables: { id } });
  // Closed before it leaves the page, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const opened = dialog.current!;
    opened.showModal();
    return () => opened.close();
  }, []);
  const document = data?.document;
  const isFound = place.view === "search" && isAsking(place.search);
  return (
    <dialog
      ref={dialog}
      className="document"
      aria-label={document ? nameOf(document) : texts.hits.loading}
      onCancel={() => go({ documentId: null })}
      onClick={(event) => event.target === dialog.current && go({ documentId: null })}
    >
      <button
        type="button"
        className="quiet document-close"
        aria-label={texts.document.close}
        onClick={() => go({ documentId: null })}
      >
        <Icon name="close" />
      </button>
      {document && <Content document={document} />}
      {document && isFound && <Explanation documentId={id} search={place.search} />}
      {data && !document && <Notice title={texts.document.missing} />}
      {error && <FaultNotice error={error} />}
    </dialog>
  );
}

function Content({ document }: { readonly document: OpenDocument }) {
  return (
    <>
      {isImage(document) ? (
        <img
          className="document-picture"
          src={document.large}
          width={document.width}
          height={document.height}
          alt={document.caption ?? texts.hits.image}
        />
      ) : (
        <p className="document-text">{document.text}</p>
      )}
      {isImage(document) && document.caption && <h2>{document.caption}</h2>}
      {document.__typename === "TextDocument" && document.truncated && (
        <p className="faint">{texts.document.truncated}</p>
      )}
      <Facts document={document} />
      <p>
        <LikeButton document={document} showsName />
      </p>
    </>
  );
}
